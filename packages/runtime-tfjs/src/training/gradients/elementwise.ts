import { clone, equal, mul, sub, sum, type Tensor } from '@tensorflow/tfjs-core';
import type { Tensor4D } from '../../kernel.ts';
import type { Gradient } from '../gradient.ts';
import type { Shape4D } from '../training-kernels.ts';

/** Functions whose slope does not follow from their output. */
const BY_INPUT: ReadonlySet<string> = new Set(['hardSwish', 'silu']);

export const activation: Gradient<'activation'> = {
  reads: ({ attrs }) => (attrs.fn === 'linear' ? [] : [BY_INPUT.has(attrs.fn) ? 0 : 'output']),
  compute({ wanted: { attrs }, dy, kernels, input, output }) {
    if (attrs.fn === 'linear') return { inputs: [clone(dy)] };
    return { inputs: [kernels.activationGradient(attrs.fn, BY_INPUT.has(attrs.fn) ? input(0) : output(), dy)] };
  },
};

/** The first of equal largest inputs gets all of the gradient. */
export const maximum: Gradient<'maximum'> = {
  reads: ({ inputs }) => [...inputs.keys(), 'output'],
  compute({ wanted, dy, input, output }) {
    let left = dy;
    const shares = wanted.inputs.map((_, index) => {
      const share = mul<Tensor4D>(left, equal(input(index), output()));
      left = sub(left, share);
      return share;
    });
    return { inputs: shares.map((share, index) => (wanted.inputs[index] ? share : undefined)) };
  },
};

/** Sums over the axes along which a factor was repeated. */
function sumTo(x: Tensor4D, shape: Shape4D): Tensor4D {
  const axes = shape.flatMap((extent, axis) => (extent === 1 && x.shape[axis] !== 1 ? [axis] : []));
  return axes.length === 0 ? x : (sum<Tensor>(x, axes, true) as Tensor4D);
}

export const add: Gradient<'add'> = {
  reads: () => [],
  compute: ({ wanted, dy, inputShapes }) => ({
    inputs: wanted.inputs.map((isWanted, i) => (isWanted ? clone(sumTo(dy, inputShapes[i] as Shape4D)) : undefined)),
  }),
};

export const multiply: Gradient<'multiply'> = {
  reads: ({ inputs }) => [...(inputs[0] ? [1] : []), ...(inputs[1] ? [0] : [])],
  compute: ({ wanted, dy, input, inputShapes }) => ({
    inputs: [
      wanted.inputs[0] ? mul<Tensor4D>(dy, input(1)) : undefined,
      wanted.inputs[1] ? sumTo(mul(dy, input(0)), inputShapes[1] as Shape4D) : undefined,
    ],
  }),
};

/** What was dropped gets nothing. */
export const dropout: Gradient<'dropout'> = {
  reads: () => [],
  compute: ({ dy, mask }) => ({ inputs: [mask === undefined ? clone(dy) : mul(dy, mask)] }),
};
