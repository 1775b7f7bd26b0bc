import { createGraphBuilder, createRandom, parametersOf, type Graph, type Network, type Tensor } from '@atrous/core';

/** Numbers between −1 and 1 that follow from a name. */
export function randomTensor(name: string, shape: readonly number[], scale = 1): Tensor {
  const random = createRandom(name);
  const length = shape.reduce((product, extent) => product * extent, 1);
  return { shape, data: Float32Array.from({ length }, () => random.uniform(-scale, scale)) };
}

/** Weights that keep values near 1. */
export const withRandomWeights = (graph: Graph): Network => ({
  graph,
  weights: new Map(
    [...parametersOf(graph).values()].map(({ name, shape }) => {
      const fanIn = shape.slice(0, -1).reduce((product, extent) => product * extent, 1);
      return [name, randomTensor(name, shape, shape.length === 4 ? Math.sqrt(3 / fanIn) : 1)];
    }),
  ),
});

/** Strided, atrous, separable and pooled branches that meet in a classifier. */
export function smallNetwork(): Network {
  const b = createGraphBuilder();
  const image = b.input();
  const stem = b.activation(
    b.conv2d(image, { name: 'stem', filters: 12, kernel: 3, stride: 2, useBias: true }),
    'relu6',
  );
  const deep = b.depthwiseConv2d(stem, { name: 'deep', kernel: 3, atrousRate: 2, useBias: true });
  const sum = b.add([stem, b.conv2d(deep, { name: 'point', filters: 12, kernel: 1, useBias: true })]);
  const aspp = b.conv2d(sum, { name: 'aspp', filters: 16, kernel: 3, atrousRate: 6, useBias: true });
  const pooled = b.resizeBilinear(b.globalAvgPool(sum), { corners: 'alignCorners', like: sum });
  const logits = b.conv2d(b.concat([aspp, pooled]), { name: 'logits', filters: 5, kernel: 1, useBias: true });
  const full = b.resizeBilinear(logits, { corners: 'halfPixel', like: image });
  return withRandomWeights(b.build({ logits, labels: b.argMax(full) }));
}
