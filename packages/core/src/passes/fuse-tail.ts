import { nodesByName, type RebuildOptions } from '../graph.ts';
import type { Graph } from '../ops.ts';
import { rewriteGraph, useCounts } from './rewrite.ts';

/** The largest probability is that of the largest logit. */
function skipSoftmax(graph: Graph, options: RebuildOptions): Graph {
  const nodes = nodesByName(graph);
  return rewriteGraph(
    graph,
    (node) => {
      const softmax = nodes.get(node.inputs[0] ?? '');
      return node.kind === 'argMax' && softmax?.kind === 'softmax' ? { ...node, inputs: softmax.inputs } : node;
    },
    options,
  );
}

/**
 * Joins an `argMax` with the resize before it, where nothing else reads that: the enlarged logits are never stored. A softmax before an
 * `argMax` is passed over.
 */
export function fuseTail(graph: Graph, options: RebuildOptions = {}): Graph {
  const straight = skipSoftmax(graph, options);
  const nodes = nodesByName(straight);
  const uses = useCounts(straight);
  return rewriteGraph(
    straight,
    (node) => {
      const resize = nodes.get(node.inputs[0] ?? '');
      if (node.kind !== 'argMax' || resize?.kind !== 'resizeBilinear' || uses.get(resize.name) !== 1) return node;
      return [{ ...node, kind: 'resizeArgMax', inputs: resize.inputs, attrs: resize.attrs }];
    },
    options,
  );
}
