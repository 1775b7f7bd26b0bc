import { exp, mul, sub, sum } from '@tensorflow/tfjs-core';
import type { Gradient } from '../gradient.ts';

export const softmax: Gradient<'softmax'> = {
  reads: () => ['output'],
  compute({ wanted: { attrs }, dy, output }) {
    const y = output();
    return {
      inputs: [attrs.log ? sub(dy, mul(exp(y), sum(dy, 3, true))) : mul(y, sub(dy, sum(mul(dy, y), 3, true)))],
    };
  },
};
