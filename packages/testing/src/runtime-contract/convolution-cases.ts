import type { Padding, Pair } from '@atrous/core';
import { activations } from './activations.ts';
import type { OpCase } from './op-case.ts';

type Size = OpCase['shape'];

const PADDINGS: readonly Padding[] = ['same', 'symmetric', 'valid', { top: 0, bottom: 3, left: 2, right: 1 }];

const describePadding = (padding: Padding): string =>
  typeof padding === 'string' ? padding : `pads ${padding.top},${padding.bottom},${padding.left},${padding.right}`;

interface Window {
  readonly kernel: number | Pair;
  readonly stride?: number | Pair;
  readonly atrousRate?: number | Pair;
  readonly padding?: Padding;
}

const describeWindow = ({ kernel, stride = 1, atrousRate = 1, padding = 'same' }: Window): string =>
  `kernel ${String(kernel)} stride ${String(stride)} rate ${String(atrousRate)} ${describePadding(padding)}`;

const dense = (shape: Size, window: Window, useBias = false): OpCase => ({
  op: 'conv2d',
  title: `conv2d ${describeWindow(window)} on ${shape.join('x')}${useBias ? ' with bias' : ''}`,
  shape,
  build: (b, x) => b.conv2d(x, { name: 'conv', filters: 7, useBias, ...window }),
});

const depthwise = (shape: Size, window: Window, multiplier = 1, useBias = false): OpCase => ({
  op: 'depthwiseConv2d',
  title: `depthwiseConv2d x${multiplier} ${describeWindow(window)} on ${shape.join('x')}${useBias ? ' with bias' : ''}`,
  shape,
  build: (b, x) => b.depthwiseConv2d(x, { name: 'conv', multiplier, useBias, ...window }),
});

/** Every padding at even and odd sizes, with and without stride. */
const paddings = PADDINGS.flatMap((padding) =>
  ([1, 2] as const).flatMap((stride) =>
    ([13, 14] as const).map((height): [Size, Window] => [[1, height, 11, 5], { kernel: 3, stride, padding }]),
  ),
);

/** Rates up to far beyond the map, where only the centre tap is left. */
const rates = ([2, 6, 18] as const).flatMap((atrousRate) =>
  (['same', 'symmetric'] as const).map((padding): [Size, Window] => [
    [1, 15, 10, 4],
    { kernel: 3, atrousRate, padding },
  ]),
);

const oddities: readonly [Size, Window][] = [
  [[1, 17, 20, 3], { kernel: 7, stride: 2, padding: 'symmetric' }],
  [[1, 9, 12, 4], { kernel: [3, 1], stride: [1, 2], atrousRate: [2, 1] }],
  [[1, 9, 12, 4], { kernel: 3, atrousRate: [1, 3] }],
  [[1, 9, 12, 4], { kernel: 2, atrousRate: 3 }],
  [[1, 12, 9, 4], { kernel: 5, stride: 2, atrousRate: 2 }],
  [[1, 12, 9, 4], { kernel: 3, stride: 3, atrousRate: 2, padding: 'symmetric' }],
  [[1, 1, 1, 4], { kernel: 3, atrousRate: 2 }],
  [[2, 6, 7, 5], { kernel: 3, atrousRate: 2, padding: 'valid' }],
  [[2, 8, 5, 3], { kernel: 1 }],
  [[2, 8, 5, 3], { kernel: 1, stride: 2 }],
];

const fused = activations.flatMap((fn): OpCase[] => [
  {
    op: 'conv2d',
    title: `conv2d then ${fn}`,
    shape: [1, 6, 5, 8],
    range: 4,
    build: (b, x) => b.activation(b.conv2d(x, { name: 'conv', filters: 8, kernel: 1, useBias: true }), fn),
  },
  {
    op: 'depthwiseConv2d',
    title: `depthwiseConv2d then ${fn}`,
    shape: [1, 6, 5, 8],
    range: 4,
    build: (b, x) => b.activation(b.depthwiseConv2d(x, { name: 'conv', kernel: 3, atrousRate: 2, useBias: true }), fn),
  },
]);

/** Convolutions, dense and depthwise. */
export const convolutionCases: readonly OpCase[] = [
  ...[...paddings, ...rates, ...oddities].map(([shape, window]) => dense(shape, window)),
  ...[...paddings, ...rates, ...oddities].map(([shape, window]) => depthwise(shape, window)),
  dense([2, 7, 9, 6], { kernel: 3, atrousRate: 2 }, true),
  dense([1, 5, 7, 130], { kernel: 1 }, true),
  depthwise([2, 7, 9, 6], { kernel: 3, atrousRate: 2 }, 2, true),
  depthwise([2, 8, 9, 5], { kernel: 3, stride: 2 }, 2),
  depthwise([1, 9, 7, 3], { kernel: 3, atrousRate: 6, padding: 'symmetric' }, 2),
  ...fused,
];
