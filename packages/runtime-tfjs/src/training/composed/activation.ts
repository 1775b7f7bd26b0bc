import type { Activation } from '@atrous/core';
import { add, mul, relu6, sigmoid, step, sub } from '@tensorflow/tfjs-core';
import type { Tensor4D } from '../../kernel.ts';
import type { TrainingKernels } from '../training-kernels.ts';

/** 1 where `low < x < high`, else 0. */
const isWithin = (x: Tensor4D, low: number, high: number): Tensor4D => mul(step(sub(x, low)), step(sub(high, x)));

/** Slope at the function's output, or at its input for the last two. */
const SLOPES = {
  relu: (y) => step(y),
  relu6: (y) => isWithin(y, 0, 6),
  leakyRelu: (y) => step(y, 0.1),
  hardSigmoid: (y) => mul(isWithin(y, 0, 1), 1 / 6),
  sigmoid: (y) => mul(y, sub(1, y)),
  hardSwish: (x) => mul(add(relu6(add(x, 3)), mul(x, isWithin(x, -3, 3))), 1 / 6),
  silu(x) {
    const s = sigmoid(x);
    return mul(s, add(1, mul(x, sub(1, s))));
  },
} satisfies { readonly [A in Exclude<Activation, 'linear'>]: (at: Tensor4D) => Tensor4D };

export const activationGradient: TrainingKernels['activationGradient'] = (fn, at, dy) => mul(dy, SLOPES[fn](at));
