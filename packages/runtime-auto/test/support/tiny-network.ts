import { createGraphBuilder, type Graph, type Tensor, type Weights } from '@atrous/core';

const builder = createGraphBuilder();
const logits = builder.conv2d(builder.input(), { name: 'logits', filters: 2, kernel: 1 });

export const graph: Graph = builder.build({ logits });
export const weights: Weights = new Map<string, Tensor>([
  ['logits/weights', { shape: [1, 1, 3, 2], data: Float32Array.of(1, 0, 0, 1, 2, 2) }],
]);
export const image: Tensor = { shape: [1, 1, 1, 3], data: Float32Array.of(1, 2, 3) };
/** What the network makes of {@link image}. */
export const expected = [7, 8];
