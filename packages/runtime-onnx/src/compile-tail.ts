import type { Executable, Graph, Node, NodeOf, Runtime } from '@atrous/core';

/** The labels of enlarged logits as a network of their own, whose input is `logits`. */
function tailGraph({ nodes, outputStride }: Graph, node: NodeOf<'resizeArgMax'>): Graph {
  const { shape } = nodes.find(({ name }) => name === node.inputs[0])!;
  const logits: Node = { kind: 'input', name: 'logits', inputs: [], attrs: { shape }, params: {}, shape };
  const [, height, width] = node.shape;
  // what it is to be as large as need not be handed over
  const target = { kind: 'size', size: [height!, width!] } as const;
  const { attrs } = node;
  const labels: Node = {
    ...node,
    inputs: ['logits'],
    attrs: attrs.target.kind === 'like' ? { ...attrs, target } : attrs,
  };
  return { nodes: [logits, labels], outputs: { labels: labels.name }, outputStride };
}

/** Has another runtime take the labels of enlarged logits. @param node of `graph`, whose shapes are known. */
export const compileTail = (runtime: Runtime, graph: Graph, node: NodeOf<'resizeArgMax'>): Promise<Executable> =>
  runtime.compile(tailGraph(graph, node), new Map());
