import { createGraphBuilder, tensor, type Graph, type LabelMap, type Preprocessing, type Weights } from '@atrous/core';

/** A convolution, a depthwise one and logits of two classes. */
export function tinyGraph(): Graph {
  const builder = createGraphBuilder();
  const image = builder.input();
  const conv = builder.conv2d(image, { name: 'conv', filters: 4, kernel: [3, 2], useBias: true });
  const depthwise = builder.depthwiseConv2d(conv, { name: 'depthwise', kernel: [3, 2], multiplier: 2 });
  return builder.build({ logits: builder.conv2d(depthwise, { name: 'logits', filters: 2, kernel: 1, useBias: true }) });
}

const counting = (shape: readonly number[], from: number) =>
  tensor(
    Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, i) => from + i / 8),
    shape,
  );

export const tinyWeights = (): Weights =>
  new Map([
    ['conv/weights', counting([3, 2, 3, 4], 0)],
    ['conv/biases', counting([4], 100)],
    ['depthwise/depthwise_weights', counting([3, 2, 4, 2], 200)],
    ['logits/weights', counting([1, 1, 8, 2], 300)],
    ['logits/biases', counting([2], 400)],
  ]);

export const twoLabels: LabelMap = {
  name: 'two',
  classes: [
    { id: 0, name: 'background', color: [0, 0, 0] },
    { id: 1, name: 'cat', color: [64, 0, 0] },
  ],
  ignoreLabel: 255,
};

export const preprocessing: Preprocessing = {
  channelOrder: 'rgb',
  mean: [127.5, 127.5, 127.5],
  std: [127.5, 127.5, 127.5],
  fit: { mode: 'pad', size: [513, 513], value: 127.5 },
  upsample: 'alignCorners',
  enlarge: 'nearest',
};
