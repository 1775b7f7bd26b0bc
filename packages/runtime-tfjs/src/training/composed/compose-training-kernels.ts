import { slice } from '@tensorflow/tfjs-core';
import { kernels } from '../../kernels.ts';
import type { BackendQuirks } from '../../tfjs-backend.ts';
import type { TrainingKernels } from '../training-kernels.ts';
import { activationGradient } from './activation.ts';
import { batchNormGradient, channelSums, normalizeBatch } from './batch-norm.ts';
import { conv2dFilterGradient, conv2dInputGradient } from './conv2d.ts';
import { depthwiseFilterGradient, depthwiseInputGradient } from './depthwise.ts';
import { maxPoolGradient } from './max-pool.ts';
import { separableGradient } from './separable.ts';

/**
 * Every training kernel, from ops that all backends have.
 *
 * The gradients that tfjs itself registers cannot be used: they throw for atrous rates, and their depthwise kernels ignore rates.
 */
export const composeTrainingKernels = (quirks: BackendQuirks): TrainingKernels => ({
  activationGradient,
  batchNormGradient,
  channelSums,
  conv2dFilterGradient: conv2dFilterGradient(quirks),
  conv2dInputGradient,
  depthwiseFilterGradient,
  fusedActivations: new Set(),
  depthwiseInputGradient: depthwiseInputGradient(quirks),
  maxPoolGradient,
  normalizeBatch,
  ops: kernels,
  separableGradient,
  sliceChannels: (dy, begin, shape) => slice(dy, [0, 0, 0, begin], shape),
});
