import type { TrainingKernels } from '../training/training-kernels.ts';
import { activationGradient, boundedActivations } from './activations.ts';
import { batchNormGradient, channelSums, normalizeBatch } from './batch-norm.ts';
import { depthwiseFilterGradient } from './depthwise-filter-gradient.ts';
import type { RunShader } from './shader.ts';

/** Puts programs for the GPU in the place of compositions that read and write whole maps many times over. */
export const overrideKernels = (run: RunShader, composed: TrainingKernels): TrainingKernels => ({
  ...composed,
  activationGradient: activationGradient(run),
  batchNormGradient: batchNormGradient(run),
  channelSums: channelSums(run),
  depthwiseFilterGradient: depthwiseFilterGradient(run),
  fusedActivations: boundedActivations,
  normalizeBatch: normalizeBatch(run),
});
