import type { TrainingKernels } from '../training/training-kernels.ts';
import { activationGradient } from './activation-gradient.ts';
import { batchNormGradient, channelSums, normalizeBatch } from './batch-norm.ts';
import { conv2dFilterGradient } from './convolution-gradients.ts';
import { depthwiseFilterGradient } from './depthwise-gradients.ts';
import { openHeap } from './heap.ts';
import { instantiate } from './instantiate.ts';

/**
 * Puts kernels that work on the memory of tfjs in the place of compositions.
 *
 * @returns `composed` where tfjs is not made as expected, or WebAssembly has no SIMD.
 */
export async function overrideKernels(composed: TrainingKernels): Promise<TrainingKernels> {
  const heap = openHeap();
  const assembly = heap && (await instantiate(heap));
  if (heap === undefined || assembly === undefined) return composed;
  const opened = { heap, assembly };
  return {
    ...composed,
    activationGradient: activationGradient(opened, composed.activationGradient),
    batchNormGradient: batchNormGradient(opened),
    channelSums: channelSums(opened),
    conv2dFilterGradient: conv2dFilterGradient(opened),
    depthwiseFilterGradient: depthwiseFilterGradient(opened, composed.depthwiseFilterGradient),
    normalizeBatch: normalizeBatch(opened),
  };
}
