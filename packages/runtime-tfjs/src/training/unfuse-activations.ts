import type { Activation, Graph, Node } from '@atrous/core';

const fusedActivation = (node: Node): Activation =>
  node.kind === 'conv2d' || node.kind === 'depthwiseConv2d' || node.kind === 'add' ? node.attrs.activation : 'linear';

function unfuse(node: Node, taken: ReadonlySet<string>): readonly Node[] {
  const fn = fusedActivation(node);
  if (fn === 'linear') return [node];
  let name = `${node.name}/linear`;
  while (taken.has(name)) name += '_';
  const linear = { ...node, name, attrs: { ...node.attrs, activation: 'linear' } } as Node;
  return [
    linear,
    { kind: 'activation', name: node.name, inputs: [name], attrs: { fn }, params: {}, shape: node.shape },
  ];
}

/** The same network with fused activations as nodes of their own, which keep the names. Its gradients need what comes before them. */
export function unfuseActivations(graph: Graph): Graph {
  const taken = new Set(graph.nodes.map(({ name }) => name));
  return { ...graph, nodes: graph.nodes.flatMap((node) => unfuse(node, taken)) };
}
