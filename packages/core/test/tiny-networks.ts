import { createGraphBuilder, defineBackbone, parametersOf, sizeOf, type Graph, type Weights } from '../src/index.ts';

/** Five stride-2 stages of convolution, batch norm and ReLU. */
export const fiveStages = defineBackbone({
  name: 'five-stages',
  description: 'Five strided convolutions',
  defaults: { width: 8 },
  build(builder, image, options: { width: number }) {
    let x = image;
    for (let stage = 1; stage <= 5; stage++) {
      const scope = builder.scope(`stage${stage}`);
      x = scope.conv2d(x, { name: 'conv', filters: options.width, kernel: 3, stride: 2, nominal: true });
      x = scope.batchNorm(x, { name: 'norm' });
      x = scope.activation(x, 'relu');
    }
    return { c5: builder.feature(x) };
  },
});

/** {@link fiveStages} as a graph of its own. */
export function fiveStageGraph(outputStride: number | null): Graph {
  const builder = createGraphBuilder({ outputStride });
  const { c5 } = fiveStages().build(builder.scope('backbone'), builder.input());
  if (c5 === undefined) throw new Error('the backbone lost its feature');
  return builder.build({ features: c5.node });
}

/** Weights that make every number different: `0.01 · (i + 1)`. */
export const countingWeights = (graph: Graph): Weights =>
  new Map(
    [...parametersOf(graph).values()].map(({ name, shape }) => [
      name,
      { shape, data: Float32Array.from({ length: sizeOf(shape) }, (_, i) => 0.01 * (i + 1)) },
    ]),
  );
