import { nodesByName, type Graph, type NodeOf } from '@atrous/core';

/** Ops between a classifier and an output: they keep classes apart, or put them in their place. */
const AFTER: ReadonlySet<string> = new Set([
  'resizeBilinear',
  'softmax',
  'argMax',
  'dropout',
  'add',
  'maximum',
  'depthToSpace',
]);

/**
 * The convolutions that give the logits: the last ones before each output. Multi-scale heads and deep supervision have several.
 */
export function classifiersOf(graph: Graph): readonly NodeOf<'conv2d'>[] {
  const nodes = nodesByName(graph);
  const found = new Map<string, NodeOf<'conv2d'>>();
  const visit = (name: string): void => {
    const node = nodes.get(name);
    if (node?.kind === 'conv2d') found.set(name, node);
    // the second input of a resize only gives the size
    else if (node && AFTER.has(node.kind))
      node.inputs.slice(0, node.kind === 'resizeBilinear' ? 1 : undefined).forEach(visit);
  };
  Object.values(graph.outputs).forEach(visit);
  return [...found.values()];
}
