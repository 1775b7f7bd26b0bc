import { nodesByName, type RebuildOptions } from '../graph.ts';
import type { Graph } from '../ops.ts';
import { rewriteGraph, useCounts } from './rewrite.ts';

/** Joins an `argMax` with the resize before it, where nothing else reads that: the enlarged logits are never stored. */
export function fuseTail(graph: Graph, options: RebuildOptions = {}): Graph {
  const nodes = nodesByName(graph);
  const uses = useCounts(graph);
  return rewriteGraph(
    graph,
    (node) => {
      const resize = nodes.get(node.inputs[0] ?? '');
      if (node.kind !== 'argMax' || resize?.kind !== 'resizeBilinear' || uses.get(resize.name) !== 1) return node;
      return [{ ...node, kind: 'resizeArgMax', inputs: resize.inputs, attrs: resize.attrs }];
    },
    options,
  );
}
