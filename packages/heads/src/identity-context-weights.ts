import { sizeOf, type Graph, type NodeOf, type Tensor, type Weights } from '@atrous/core';

type Conv = NodeOf<'conv2d'>;

function filters({ params }: Conv, classes: number, noise: () => number): Tensor {
  const shape = params.weights?.shape ?? [];
  const [height = 1, width = 1, inputs = 1, outputs = 1] = shape;
  const data = Float32Array.from({ length: sizeOf(shape) }, noise);
  const center = Math.floor(height / 2) * width + Math.floor(width / 2);
  const group = (channel: number, channels: number): number => Math.floor((channel * classes) / channels);
  for (let from = 0; from < inputs; from++)
    for (let to = 0; to < outputs; to++)
      if (group(from, inputs) === group(to, outputs)) data[(center * inputs + from) * outputs + to] = classes / outputs;
  return { shape, data };
}

/**
 * Weights at which a context module passes its maps on, rectified: where its training starts. Biases are 0.
 *
 * @param scope of the module's nodes in the graph.
 * @param noise draws the weights besides the identity's. With `width: 'large'` they should be small random numbers, which tell apart the
 * channels that come from one class; by default they are 0.
 * @returns weights of the module's nodes alone; none when nothing is in that scope.
 * @see Yu and Koltun 2015, "Multi-Scale Context Aggregation by Dilated Convolutions", §3, equations 4 and 5, arXiv:1511.07122
 */
export function identityContextWeights(graph: Graph, scope = 'context', noise: () => number = () => 0): Weights {
  const convs = graph.nodes.filter((node): node is Conv => node.kind === 'conv2d' && node.name.startsWith(`${scope}/`));
  const classes = convs[0]?.params.weights?.shape[2] ?? 0;
  const weights = new Map<string, Tensor>();
  for (const conv of convs) {
    const { weights: kernel, biases } = conv.params;
    if (kernel) weights.set(kernel.name, filters(conv, classes, noise));
    if (biases) weights.set(biases.name, { shape: biases.shape, data: new Float32Array(sizeOf(biases.shape)) });
  }
  return weights;
}
