import type { Activation } from '@atrous/core';
import type { Tensor4D } from '../kernel.ts';
import type { TrainingKernels } from '../training/training-kernels.ts';
import type { Opened } from './assembly.ts';

/** Activations whose slope is constant between two values of their output, and 0 outside. */
const GATES: Partial<Record<Activation, { readonly low: number; readonly high: number; readonly slope: number }>> = {
  relu: { low: 0, high: Infinity, slope: 1 },
  relu6: { low: 0, high: 6, slope: 1 },
  hardSigmoid: { low: 0, high: 1, slope: 1 / 6 },
};

/** The others are left to `composed`. */
export const activationGradient =
  (
    { heap, assembly }: Opened,
    composed: TrainingKernels['activationGradient'],
  ): TrainingKernels['activationGradient'] =>
  (fn, at, dy) => {
    const gate = GATES[fn];
    if (gate === undefined) return composed(fn, at, dy);
    const dx = heap.allocate<Tensor4D>(dy.shape);
    const addresses = [heap.addressOf(at), heap.addressOf(dy), heap.addressOf(dx)] as const;
    assembly.gateGradient(...addresses, dy.size, gate.low, gate.high, gate.slope);
    return dx;
  };
