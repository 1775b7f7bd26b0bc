import { engine } from '@tensorflow/tfjs-core';
import type { TrainingKernels } from '../training/training-kernels.ts';
import { activationGradient } from './activation-gradient.ts';
import { batchNormGradient, channelSums, normalizeBatch } from './batch-norm.ts';
import { boundedActivations } from './bounds.ts';
import { conv2dFilterGradient } from './convolution-gradients.ts';
import { depthwiseFilterGradient, depthwiseInputGradient } from './depthwise-gradients.ts';
import { openHeap } from './heap.ts';
import { instantiate } from './instantiate.ts';
import { maxPoolGradient } from './max-pool-gradient.ts';
import { pointwiseConv2d, pointwiseInputGradient } from './pointwise.ts';
import { registerFusedKernels } from './register-fused-kernels.ts';
import { separableGradient, sliceChannels } from './separable-gradient.ts';

/**
 * Puts kernels that work on the memory of tfjs in the place of compositions.
 *
 * @returns `composed` where tfjs is not made as expected, or WebAssembly has no SIMD.
 */
export async function overrideKernels(composed: TrainingKernels, backend = engine().backend): Promise<TrainingKernels> {
  const heap = openHeap(backend);
  const assembly = heap && (await instantiate(heap));
  if (heap === undefined || assembly === undefined) return composed;
  const opened = { heap, assembly };
  registerFusedKernels(opened);
  return {
    ...composed,
    activationGradient: activationGradient(opened, composed.activationGradient),
    batchNormGradient: batchNormGradient(opened),
    channelSums: channelSums(opened),
    conv2dFilterGradient: conv2dFilterGradient(opened),
    conv2dInputGradient: pointwiseInputGradient(opened, composed.conv2dInputGradient),
    depthwiseFilterGradient: depthwiseFilterGradient(opened, composed.depthwiseFilterGradient),
    depthwiseInputGradient: depthwiseInputGradient(opened, composed.depthwiseInputGradient),
    fusedActivations: boundedActivations,
    maxPoolGradient: maxPoolGradient(opened, composed.maxPoolGradient),
    normalizeBatch: normalizeBatch(opened),
    ops: { ...composed.ops, conv2d: pointwiseConv2d(opened, composed.ops.conv2d) },
    separableGradient: separableGradient(opened),
    sliceChannels: sliceChannels(opened),
  };
}
