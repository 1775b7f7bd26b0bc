import type { TrainingKernels } from '../training/training-kernels.ts';
import { conv2d, conv2dFilterGradient, conv2dInputGradient } from './convolution.ts';

/** Puts sums in float64 in the place of sums in float32. */
export const overrideKernels = (composed: TrainingKernels): TrainingKernels => ({
  ...composed,
  conv2dFilterGradient,
  conv2dInputGradient,
  ops: { ...composed.ops, conv2d },
});
