import { add, div, mul, sqrt, square, sub } from '@tensorflow/tfjs-core';
import type { Optimizer } from './optimizer.ts';

/** Options of {@link adamW}. */
export interface AdamWOptions {
  /** Share of the mean gradient that is kept. Default 0.9. */
  readonly beta1?: number | undefined;
  /** Share of the mean squared gradient that is kept. Default 0.999. */
  readonly beta2?: number | undefined;
  /** Added to the divisor. Default 1e-8. */
  readonly epsilon?: number | undefined;
  /** Share of the parameter that is taken off at each step, times the learning rate. Default 0.01. */
  readonly weightDecay?: number | undefined;
}

/**
 * Adam with decoupled weight decay, by PyTorch's rule.
 *
 * @see Loshchilov and Hutter 2019, "Decoupled Weight Decay Regularization", Algorithm 2, arXiv:1711.05101
 */
export const adamW = (options: AdamWOptions = {}): Optimizer => {
  const { beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8, weightDecay = 0.01 } = options;
  return {
    name: 'adamw',
    slots: ['mean', 'square'],
    update({ value, gradient, slots, rate, decay, step }) {
      const mean = add(mul(slots[0]!, beta1), mul(gradient, 1 - beta1));
      const squares = add(mul(slots[1]!, beta2), mul(square(gradient), 1 - beta2));
      const meanBias = 1 - beta1 ** (step + 1);
      const divisor = add(mul(sqrt(squares), 1 / Math.sqrt(1 - beta2 ** (step + 1))), epsilon);
      const kept = mul(value, 1 - rate * weightDecay * decay);
      return { value: sub(kept, mul(div(mean, divisor), rate / meanBias)), slots: [mean, squares] };
    },
  };
};
