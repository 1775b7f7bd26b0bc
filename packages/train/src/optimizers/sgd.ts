import { fusedKernels } from '@atrous/runtime-tfjs';
import { add, mul, sub } from '@tensorflow/tfjs-core';
import type { Optimizer } from './optimizer.ts';

/** Options of {@link sgd}. */
export interface SgdOptions {
  /** Share of the previous direction that is kept. Default 0.9. */
  readonly momentum?: number | undefined;
  /** Added to the gradient, times the parameter. Default 0. */
  readonly weightDecay?: number | undefined;
}

/**
 * Gradient descent with momentum, the optimiser of every DeepLab: `v ← momentum · v + gradient + decay · p`, `p ← p − rate · v` (PyTorch's
 * rule; TensorFlow's is the same with a decay that is part of the loss, Caffe's only while the rate is constant).
 */
export const sgd = ({ momentum = 0.9, weightDecay = 0 }: SgdOptions = {}): Optimizer => ({
  name: 'sgd',
  slots: ['momentum'],
  update({ value, gradient, slots, rate, decay }) {
    const factor = weightDecay * decay;
    const fused = fusedKernels().sgd?.({ value, gradient, velocity: slots[0]!, rate, momentum, decay: factor });
    if (fused) return { value: fused.value, slots: [fused.velocity] };
    const total = factor === 0 ? gradient : add(gradient, mul(value, factor));
    const direction = add(mul(slots[0]!, momentum), total);
    return { value: sub(value, mul(direction, rate)), slots: [direction] };
  },
});
