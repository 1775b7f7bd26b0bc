import { cornerRules, type Pair } from '@atrous/core';
import type { OpCase } from './op-case.ts';

const SIZES: readonly (readonly [from: Pair, to: Pair])[] = [
  [
    [3, 5],
    [33, 65],
  ],
  [
    [7, 9],
    [14, 18],
  ],
  [
    [13, 17],
    [7, 9],
  ],
  [
    [12, 10],
    [6, 5],
  ],
  [
    [10, 7],
    [7, 10],
  ],
  [
    [1, 1],
    [5, 6],
  ],
  [
    [5, 6],
    [1, 1],
  ],
  [
    [1, 4],
    [3, 9],
  ],
  [
    [4, 6],
    [4, 6],
  ],
];

/** At 13 × 9 none of these gives a whole size, so that dividing by the factor and by the ratio of sizes differ. */
const FACTORS: readonly (number | Pair)[] = [0.5, 0.75, 1.25, [1.75, 2]];

/** Resizing up, down and to itself, from and to one pixel, by every rule. */
export const resizeCases: readonly OpCase[] = cornerRules.flatMap((corners) => [
  ...SIZES.map(([from, to]): OpCase => ({
    op: 'resizeBilinear',
    title: `resizeBilinear ${corners} ${from.join('x')} to ${to.join('x')}`,
    shape: [1, ...from, 3],
    build: (b, x) => b.resizeBilinear(x, { corners, size: to }),
  })),
  ...FACTORS.map((scale): OpCase => ({
    op: 'resizeBilinear',
    title: `resizeBilinear ${corners} by ${String(scale)}`,
    shape: [2, 13, 9, 2],
    build: (b, x) => b.resizeBilinear(x, { corners, scale }),
  })),
  {
    op: 'resizeBilinear',
    title: `resizeBilinear ${corners} like another node`,
    shape: [2, 9, 14, 3],
    build: (b, x) => b.resizeBilinear(b.avgPool(x, { kernel: 2, stride: 2 }), { corners, like: x }),
  },
]);
