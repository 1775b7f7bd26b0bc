import { createGraphBuilder, type Features, type Graph, type Head } from '@atrous/core';

/** A head upon a toy backbone: `c2` at stride 4 with 10 channels, `c5` at the output stride with 20, `context` with 30. */
export function buildHead(head: Head, outputStride = 16): Graph {
  const builder = createGraphBuilder({ outputStride });
  const image = builder.input();
  let x = image;
  const features: Record<string, Features[string]> = {};
  for (const [i, filters] of [4, 10, 12, 16, 20].entries()) {
    x = builder.conv2d(x, { name: `stage${i + 1}`, filters, kernel: 3, stride: 2, nominal: true });
    features[`c${i + 1}`] = builder.feature(x);
  }
  features.context = builder.feature(builder.conv2d(x, { name: 'context', filters: 30, kernel: 1 }));
  return builder.build({ out: head.build(builder.scope('head'), features, image) });
}

/** Names of the nodes that a node reads. */
export const inputsOfNode = (graph: Graph, name: string): readonly string[] | undefined =>
  graph.nodes.find((node) => node.name === name)?.inputs;
