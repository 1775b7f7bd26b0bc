import { cornerRules, type GraphBuilder, type Node, type OpAttrs, type Padding, type Pair } from '@atrous/core';
import type { OpCase } from './op-case.ts';

type Taps = OpAttrs['interpolateTaps'];

const BARE: Omit<Taps, 'target' | 'kernel'> = {
  corners: 'halfPixel',
  atrousRate: [1, 1],
  padding: 'same',
  filters: 4,
  useBias: false,
  activation: 'linear',
};

function interpolateTaps(b: GraphBuilder, inputs: readonly Node[], attrs: Taps): Node {
  const params = attrs.useBias ? { biases: { name: 'taps/biases', shape: [attrs.filters] } } : {};
  return b.addNode({ kind: 'interpolateTaps', name: 'taps', inputs: inputs.map(({ name }) => name), attrs, params });
}

const taps = (title: string, from: Pair, options: Partial<Taps> & Pick<Taps, 'target'>, batch = 1): OpCase => {
  const attrs: Taps = { ...BARE, kernel: [3, 3], ...options };
  return {
    op: 'interpolateTaps',
    title: `interpolateTaps ${title}`,
    shape: [batch, ...from, attrs.kernel[0] * attrs.kernel[1] * attrs.filters],
    build: (b, x) => interpolateTaps(b, [x], attrs),
  };
};

const to = (size: Pair): Taps['target'] => ({ kind: 'size', size });

const PADDINGS: readonly Padding[] = ['same', 'symmetric', 'valid', { top: 0, bottom: 3, left: 2, right: 1 }];

const tapCases: readonly OpCase[] = [
  ...cornerRules.flatMap((corners) => [
    taps(`${corners} up`, [5, 6], { target: to([17, 21]), corners }),
    taps(`${corners} down`, [9, 8], { target: to([5, 7]), corners }),
    taps(`${corners} by a factor`, [5, 7], { target: { kind: 'scale', factor: [1.75, 2.5] }, corners }),
    taps(`${corners} of one pixel`, [1, 1], { target: to([4, 5]), corners }),
    taps(`${corners} of one tap`, [4, 3], { target: to([7, 9]), corners, kernel: [1, 1], useBias: true }),
  ]),
  ...PADDINGS.map((padding) =>
    taps(`padding ${JSON.stringify(padding)}`, [4, 5], { target: to([11, 12]), padding, kernel: [3, 2] }),
  ),
  taps('at a rate', [4, 5], { target: to([11, 12]), atrousRate: [2, 5] }),
  taps('at a rate beyond the map', [3, 3], { target: to([6, 7]), atrousRate: [9, 9] }),
  taps('with bias and activation', [4, 5], { target: to([8, 9]), useBias: true, activation: 'hardSwish' }, 2),
  {
    op: 'interpolateTaps',
    title: 'interpolateTaps like another node',
    shape: [2, 9, 10, 8],
    build: (b, x) =>
      interpolateTaps(b, [b.avgPool(x, { kernel: 2, stride: 2 }), x], {
        ...BARE,
        target: { kind: 'like' },
        kernel: [1, 2],
        corners: 'alignCorners',
      }),
  },
];

const resizeArgMax = (b: GraphBuilder, inputs: readonly Node[], attrs: OpAttrs['resizeArgMax']): Node =>
  b.addNode({ kind: 'resizeArgMax', name: 'labels', inputs: inputs.map(({ name }) => name), attrs, params: {} });

const labelCases: readonly OpCase[] = cornerRules.flatMap((corners): OpCase[] => [
  {
    op: 'resizeArgMax',
    title: `resizeArgMax ${corners} up`,
    shape: [2, 5, 4, 21],
    range: 9,
    build: (b, x) => resizeArgMax(b, [x], { target: to([19, 13]), corners }),
  },
  {
    op: 'resizeArgMax',
    title: `resizeArgMax ${corners} like another node`,
    shape: [1, 9, 8, 5],
    build: (b, x) =>
      resizeArgMax(b, [b.maxPool(x, { kernel: 2, stride: 2 }), x], { target: { kind: 'like' }, corners }),
  },
]);

/** What `optimize` writes for runtimes that have kernels for it. */
export const fusedCases: readonly OpCase[] = [...tapCases, ...labelCases];
