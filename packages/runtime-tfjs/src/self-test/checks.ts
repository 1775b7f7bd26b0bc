import { tensor, type Pair } from '@atrous/core';
import { at, check, imageOf, sample, type Check } from './check.ts';

const SAME = { padding: 'same', strides: [1, 1] as Pair } as const;
const image = sample([1, 5, 6, 4]);
const other = sample([1, 5, 6, 4], 53);
const pixel = (y: number, x: number, c: number): number => at(image, 0, y, x, c) ?? 0;
const relu6 = (x: number): number => Math.min(Math.max(x, 0), 6);

/** Sum over a 3×3 window whose taps are `rate` apart. */
function sumOfTaps(rate: number, tap: (ky: number, kx: number, dy: number, dx: number) => number): number {
  let sum = 0;
  for (let ky = 0; ky < 3; ky++) for (let kx = 0; kx < 3; kx++) sum += tap(ky, kx, (ky - 1) * rate, (kx - 1) * rate);
  return sum;
}

const dense = sample([3, 3, 4, 5]);
const pointwise = sample([1, 1, 4, 8]);
const depthwise = sample([3, 3, 4, 1]);
const biases = sample([5], 11);

const convolutions: readonly Check[] = [
  check({
    family: 'atrous convolution',
    kind: 'conv2d',
    attrs: { ...SAME, kernel: [3, 3], atrousRate: [2, 2], filters: 5, useBias: true, activation: 'relu' },
    inputs: [image],
    params: { weights: dense, biases },
    shape: [1, 5, 6, 5],
    expected(y, x, f) {
      const sum = sumOfTaps(2, (ky, kx, dy, dx) =>
        [0, 1, 2, 3].reduce((part, c) => part + pixel(y + dy, x + dx, c) * (at(dense, ky, kx, c, f) ?? 0), 0),
      );
      return Math.max(sum + biases.data[f]!, 0);
    },
  }),
  check({
    family: '1x1 convolution',
    kind: 'conv2d',
    attrs: { ...SAME, kernel: [1, 1], atrousRate: [1, 1], filters: 8, useBias: false, activation: 'linear' },
    inputs: [image],
    params: { weights: pointwise },
    shape: [1, 5, 6, 8],
    expected: (y, x, f) => [0, 1, 2, 3].reduce((sum, c) => sum + pixel(y, x, c) * pointwise.data[c * 8 + f]!, 0),
  }),
  ...[1, 2].map((rate) =>
    check({
      family: rate === 1 ? 'depthwise convolution' : 'atrous depthwise convolution',
      kind: 'depthwiseConv2d',
      attrs: {
        ...SAME,
        kernel: [3, 3],
        atrousRate: [rate, rate],
        multiplier: 1,
        useBias: false,
        activation: 'linear',
      },
      inputs: [image],
      params: { depthwiseWeights: depthwise },
      shape: [1, 5, 6, 4],
      expected: (y, x, c) =>
        sumOfTaps(rate, (ky, kx, dy, dx) => pixel(y + dy, x + dx, c) * (at(depthwise, ky, kx, c, 0) ?? 0)),
    }),
  ),
];

const pools: readonly Check[] = [
  check({
    family: 'max pooling',
    kind: 'maxPool',
    attrs: { kernel: [2, 2], strides: [2, 2], padding: 'valid', rounding: 'floor' },
    inputs: [image],
    shape: [1, 2, 3, 4],
    expected: (y, x, c) => Math.max(...[0, 1, 2, 3].map((i) => pixel(2 * y + (i >> 1), 2 * x + (i & 1), c))),
  }),
  check({
    family: 'average pooling',
    kind: 'avgPool',
    attrs: { kernel: [3, 3], ...SAME, rounding: 'floor', countPadding: true },
    inputs: [image],
    shape: [1, 5, 6, 4],
    expected: (y, x, c) => sumOfTaps(1, (_ky, _kx, dy, dx) => pixel(y + dy, x + dx, c)) / 9,
  }),
  check({
    family: 'global pooling',
    kind: 'globalAvgPool',
    attrs: {},
    inputs: [image],
    shape: [1, 1, 1, 4],
    expected: (_y, _x, c) => [...image.data].reduce((sum, value, i) => (i % 4 === c ? sum + value : sum), 0) / 30,
  }),
];

/** A plane: interpolating it gives its value at the position that was read. */
const plane = (y: number, x: number, c: number): number => 0.25 * y - 0.125 * x + c;
const halfPixel = (out: number, from: number): number => Math.min(Math.max((out + 0.5) / 2 - 0.5, 0), from - 1);

const resizes: readonly Check[] = [
  check({
    family: 'resizing with aligned corners',
    kind: 'resizeBilinear',
    attrs: { target: { kind: 'size', size: [7, 9] }, corners: 'alignCorners' },
    inputs: [imageOf([4, 5, 3], plane)],
    shape: [1, 7, 9, 3],
    expected: (y, x, c) => plane(y / 2, x / 2, c),
  }),
  check({
    family: 'resizing with half pixels',
    kind: 'resizeBilinear',
    attrs: { target: { kind: 'size', size: [8, 10] }, corners: 'halfPixel' },
    inputs: [imageOf([4, 5, 3], plane)],
    shape: [1, 8, 10, 3],
    expected: (y, x, c) => plane(halfPixel(y, 4), halfPixel(x, 5), c),
  }),
];

const wide = tensor(
  image.data.map((value) => 5 * value),
  image.shape,
);

const elementwise: readonly Check[] = [
  check({
    family: 'activations',
    kind: 'activation',
    attrs: { fn: 'hardSwish' },
    inputs: [wide],
    shape: [1, 5, 6, 4],
    expected: (y, x, c) => (5 * pixel(y, x, c) * relu6(5 * pixel(y, x, c) + 3)) / 6,
  }),
  check({
    family: 'activations',
    kind: 'activation',
    attrs: { fn: 'sigmoid' },
    inputs: [wide],
    shape: [1, 5, 6, 4],
    expected: (y, x, c) => 1 / (1 + Math.exp(-5 * pixel(y, x, c))),
  }),
  check({
    family: 'addition',
    kind: 'add',
    attrs: { activation: 'linear' },
    inputs: [image, other, image],
    shape: [1, 5, 6, 4],
    expected: (y, x, c) => 2 * pixel(y, x, c) + at(other, 0, y, x, c)!,
  }),
  check({
    family: 'maximum',
    kind: 'maximum',
    attrs: {},
    inputs: [image, other],
    shape: [1, 5, 6, 4],
    expected: (y, x, c) => Math.max(pixel(y, x, c), at(other, 0, y, x, c)!),
  }),
  check({
    family: 'multiplication',
    kind: 'multiply',
    attrs: {},
    inputs: [image, sample([1, 1, 1, 4], 29)],
    shape: [1, 5, 6, 4],
    expected: (y, x, c) => pixel(y, x, c) * (((c * 29) % 101) / 50 - 1),
  }),
];

const channels: readonly Check[] = [
  check({
    family: 'softmax',
    kind: 'softmax',
    attrs: { log: false },
    inputs: [wide],
    shape: [1, 5, 6, 4],
    expected(y, x, c) {
      const sum = [0, 1, 2, 3].reduce((total, k) => total + Math.exp(5 * pixel(y, x, k)), 0);
      return Math.exp(5 * pixel(y, x, c)) / sum;
    },
  }),
  check({
    family: 'arg max',
    kind: 'argMax',
    attrs: {},
    inputs: [imageOf([3, 4, 5], (y, x, c) => (c === y || c === x ? 1 : 0))],
    shape: [1, 3, 4, 1],
    expected: (y, x) => Math.min(y, x),
  }),
  check({
    family: 'concatenation',
    kind: 'concat',
    attrs: {},
    inputs: [image, other],
    shape: [1, 5, 6, 8],
    expected: (y, x, c) => (c < 4 ? pixel(y, x, c) : at(other, 0, y, x, c - 4)!),
  }),
  check({
    family: 'padding',
    kind: 'pad',
    attrs: { pads: { top: 1, bottom: 0, left: 2, right: 1 } },
    inputs: [image],
    shape: [1, 6, 9, 4],
    expected: (y, x, c) => pixel(y - 1, x - 2, c),
  }),
  check({
    family: 'depth to space',
    kind: 'depthToSpace',
    attrs: { blockSize: 2, order: 'crr' },
    inputs: [image],
    shape: [1, 10, 12, 1],
    expected: (y, x) => pixel(y >> 1, x >> 1, (y % 2) * 2 + (x % 2)),
  }),
];

/** Every op family on tiny inputs. */
export const checks: readonly Check[] = [...convolutions, ...pools, ...resizes, ...elementwise, ...channels];
