import { activations } from './activations.ts';
import type { OpCase } from './op-case.ts';

const pointwise = (['linear', ...activations] as const).map((fn): OpCase => ({
  op: 'activation',
  title: `activation ${fn}`,
  shape: [2, 5, 6, 4],
  range: 8,
  build: (b, x) => b.activation(x, fn),
}));

const sums = (['relu', 'hardSwish'] as const).map((fn): OpCase => ({
  op: 'add',
  title: `add of three then ${fn}`,
  shape: [2, 5, 3, 4],
  range: 3,
  build: (b, x) => b.activation(b.add([x, b.activation(x, 'sigmoid'), b.activation(x, 'relu')]), fn),
}));

/** Ops that work on every pixel by itself. */
export const pointwiseCases: readonly OpCase[] = [
  ...pointwise,
  ...sums,
  {
    op: 'add',
    title: 'add of one pixel per image',
    shape: [2, 5, 4, 3],
    build: (b, x) => b.activation(b.add([x, b.globalAvgPool(x), b.activation(x, 'relu')]), 'relu'),
  },
  { op: 'add', title: 'add of a node to itself', shape: [1, 4, 5, 3], build: (b, x) => b.add([x, x]) },
  {
    op: 'maximum',
    title: 'maximum of three',
    shape: [2, 5, 3, 4],
    build: (b, x) => b.maximum([b.activation(x, 'sigmoid'), x, b.activation(x, 'leakyRelu')]),
  },
  {
    op: 'multiply',
    title: 'multiply by a map of the same shape',
    shape: [2, 5, 4, 3],
    build: (b, x) => b.multiply(x, b.activation(x, 'silu')),
  },
  {
    op: 'multiply',
    title: 'multiply by one pixel per image',
    shape: [2, 5, 4, 3],
    build: (b, x) => b.multiply(x, b.activation(b.globalAvgPool(x), 'hardSigmoid')),
  },
  {
    op: 'batchNorm',
    title: 'batchNorm on its own',
    shape: [2, 4, 5, 6],
    build: (b, x) => b.batchNorm(x, { name: 'bn', epsilon: 1e-3 }),
  },
  {
    op: 'batchNorm',
    title: 'batchNorm after a convolution with bias',
    shape: [1, 6, 5, 4],
    build: (b, x) =>
      b.batchNorm(b.conv2d(x, { name: 'conv', filters: 5, kernel: 3, useBias: true }), { name: 'bn', epsilon: 1e-5 }),
  },
  {
    op: 'batchNorm',
    title: 'batchNorm after a depthwise convolution',
    shape: [1, 6, 5, 4],
    build: (b, x) =>
      b.activation(
        b.batchNorm(b.depthwiseConv2d(x, { name: 'conv', kernel: 3, multiplier: 2 }), { name: 'bn' }),
        'relu6',
      ),
  },
  {
    op: 'softmax',
    title: 'softmax',
    shape: [2, 3, 4, 21],
    range: 30,
    build: (b, x) => b.softmax(x),
  },
  {
    op: 'softmax',
    title: 'log softmax',
    shape: [2, 3, 4, 21],
    range: 30,
    build: (b, x) => b.softmax(x, { log: true }),
  },
  { op: 'dropout', title: 'dropout', shape: [1, 3, 4, 2], build: (b, x) => b.dropout(x, { rate: 0.5 }) },
  { op: 'argMax', title: 'argMax', shape: [2, 6, 5, 21], range: 30, build: (b, x) => b.argMax(x) },
  {
    op: 'argMax',
    title: 'argMax with ties',
    shape: [2, 6, 5, 9],
    range: 2,
    whole: true,
    build: (b, x) => b.argMax(x),
  },
];
