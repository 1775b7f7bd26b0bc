import { add, moments, mul, rsqrt, sub, type Tensor, type Tensor1D, type Tensor4D } from '@tensorflow/tfjs-core';

/** Mean and biased variance of each channel over a batch. */
export interface BatchStatistics {
  /** `[c]`. */
  readonly mean: Tensor;
  /** `[c]`. */
  readonly variance: Tensor;
  /** Number of values that each was made of. */
  readonly count: number;
}

/**
 * Batch normalisation as training does it, with the statistics of the batch itself: differentiable, statistics included.
 *
 * @param x `[n, h, w, c]`.
 * @param gamma `[c]`.
 * @param beta `[c]`.
 * @see Ioffe and Szegedy 2015, "Batch Normalization", Algorithm 1, arXiv:1502.03167
 */
export function normalizeBatch(
  x: Tensor4D,
  gamma: Tensor1D,
  beta: Tensor1D,
  epsilon: number,
): { readonly y: Tensor4D; readonly statistics: BatchStatistics } {
  const { mean, variance } = moments(x, [0, 1, 2]) as { mean: Tensor1D; variance: Tensor1D };
  const y = add<Tensor4D>(mul(sub(x, mean), mul(rsqrt(add(variance, epsilon)), gamma)), beta);
  return { y, statistics: { mean, variance, count: x.size / mean.size } };
}

/** Options of {@link moveStatistics}. */
export interface MovingOptions {
  /** Share of the old statistics that is kept: TensorFlow's decay, 1 less PyTorch's momentum. */
  readonly decay: number;
  /** `n-1`: the variance that moves is unbiased (PyTorch, TensorFlow's fused op). `n`: it is not (Keras without the fused op). */
  readonly divisor: 'n-1' | 'n';
}

/** The statistics for inference after one more batch. */
export function moveStatistics(
  moving: Pick<BatchStatistics, 'mean' | 'variance'>,
  { mean, variance, count }: BatchStatistics,
  { decay, divisor }: MovingOptions,
): Pick<BatchStatistics, 'mean' | 'variance'> {
  const correction = divisor === 'n-1' && count > 1 ? count / (count - 1) : 1;
  const towards = (old: Tensor, now: Tensor, factor: number): Tensor =>
    add(mul(old, decay), mul(now, (1 - decay) * factor));
  return { mean: towards(moving.mean, mean, 1), variance: towards(moving.variance, variance, correction) };
}
