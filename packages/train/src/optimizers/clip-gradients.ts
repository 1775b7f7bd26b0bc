import { addN, mul, sqrt, square, sum, tidy, type Scalar, type Tensor } from '@tensorflow/tfjs-core';

/** Root of the sum of the squares of all gradients. Runs inside `tidy`. */
export const globalNorm = (gradients: Iterable<Tensor>): Scalar =>
  sqrt(addN([...gradients].map((gradient) => sum<Scalar>(square(gradient)))));

/**
 * Brings gradients to a global norm of at most `limit`, as PyTorch's `clip_grad_norm_` does. The old ones are disposed.
 *
 * @param norm their {@link globalNorm}.
 * @see Pascanu et al. 2013, "On the difficulty of training recurrent neural networks", Algorithm 1, arXiv:1211.5063
 */
export function clipGradients(gradients: Map<string, Tensor>, norm: number, limit: number): void {
  const factor = limit / (norm + 1e-6);
  if (factor >= 1) return;
  for (const [name, gradient] of gradients) {
    gradients.set(
      name,
      tidy(() => mul(gradient, factor)),
    );
    gradient.dispose();
  }
}
