import type { Padding } from '@atrous/core';
import type { OpCase } from './op-case.ts';

type Size = OpCase['shape'];

interface Pool {
  readonly kernel: number;
  readonly stride: number;
  readonly padding: Padding;
  readonly rounding: 'floor' | 'ceil';
}

const POOLS: readonly Pool[] = [
  { kernel: 3, stride: 2, padding: 'same', rounding: 'floor' },
  { kernel: 3, stride: 2, padding: 'symmetric', rounding: 'floor' },
  { kernel: 3, stride: 2, padding: 'symmetric', rounding: 'ceil' },
  { kernel: 2, stride: 2, padding: 'valid', rounding: 'floor' },
  { kernel: 2, stride: 2, padding: 'valid', rounding: 'ceil' },
  { kernel: 3, stride: 1, padding: 'same', rounding: 'floor' },
  { kernel: 3, stride: 1, padding: { top: 0, bottom: 2, left: 1, right: 0 }, rounding: 'floor' },
  { kernel: 1, stride: 2, padding: 'symmetric', rounding: 'floor' },
  { kernel: 1, stride: 1, padding: 'symmetric', rounding: 'floor' },
];

const SIZES: readonly Size[] = [
  [1, 9, 12, 3],
  [2, 8, 7, 5],
];

const describePool = ({ kernel, stride, padding, rounding }: Pool, size: Size): string =>
  `kernel ${kernel} stride ${stride} ${typeof padding === 'string' ? padding : 'pads'} ${rounding} on ${size.join('x')}`;

/** The image is shifted below zero, so that a padding of 0 would win a maximum. */
const maxPools = POOLS.flatMap((pool) =>
  SIZES.map((shape): OpCase => ({
    op: 'maxPool',
    title: `maxPool ${describePool(pool, shape)}`,
    shape,
    build: (b, x) =>
      b.maxPool(b.conv2d(b.activation(x, 'sigmoid'), { name: 'below', filters: 4, kernel: 1, useBias: true }), pool),
  })),
);

const avgPools = POOLS.flatMap((pool) =>
  SIZES.flatMap((shape) =>
    [false, true].map((countPadding): OpCase => ({
      op: 'avgPool',
      title: `avgPool ${describePool(pool, shape)}${countPadding ? ' counting padding' : ''}`,
      shape,
      build: (b, x) => b.avgPool(x, { ...pool, countPadding }),
    })),
  ),
);

/** Pools with every padding and rounding. */
export const poolingCases: readonly OpCase[] = [
  ...maxPools,
  ...avgPools,
  {
    op: 'globalAvgPool',
    title: 'globalAvgPool of a batch',
    shape: [2, 7, 10, 5],
    build: (b, x) => b.globalAvgPool(x),
  },
  {
    op: 'avgPool',
    title: 'avgPool over a crop that is larger than the image along one axis',
    shape: [1, 9, 6, 3],
    build: (b, x) => b.avgPool(x, { crop: [5, 8], stride: [2, 1], padding: 'valid' }),
  },
  {
    op: 'adaptiveAvgPool',
    title: 'adaptiveAvgPool into even and overlapping bins',
    shape: [2, 6, 10, 3],
    build: (b, x) => b.adaptiveAvgPool(x, { bins: [3, 4] }),
  },
  {
    op: 'adaptiveAvgPool',
    title: 'adaptiveAvgPool into more bins than pixels',
    shape: [1, 2, 5, 3],
    build: (b, x) => b.adaptiveAvgPool(x, { bins: 6 }),
  },
  {
    op: 'globalAvgPool',
    title: 'globalAvgPool of one pixel',
    shape: [1, 1, 1, 3],
    build: (b, x) => b.globalAvgPool(x),
  },
];
