import { add, addN, div, minimum, mul, sqrt, square, sum, type Scalar, type Tensor } from '@tensorflow/tfjs-core';

/** Root of the sum of the squares of all gradients. Runs inside `tidy`. */
export const globalNorm = (gradients: Iterable<Tensor>): Scalar =>
  sqrt(addN([...gradients].map((gradient) => sum<Scalar>(square(gradient)))));

/**
 * The factor that brings gradients to a global norm of at most `limit`, as PyTorch's `clip_grad_norm_` computes it.
 *
 * @see Pascanu et al. 2013, "On the difficulty of training recurrent neural networks", Algorithm 1, arXiv:1211.5063
 */
export const clipFactor = (norm: Scalar, limit: number): Scalar => minimum(div(limit, add(norm, 1e-6)), 1);

/** Gradients times {@link clipFactor}. Runs inside `tidy`. */
export const clipped = (gradients: ReadonlyMap<string, Tensor>, factor: Scalar): Map<string, Tensor> =>
  new Map([...gradients].map(([name, gradient]) => [name, mul(gradient, factor)]));
