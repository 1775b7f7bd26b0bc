import { nodesByName, type RebuildOptions } from '../graph.ts';
import type { Graph, Pads } from '../ops.ts';
import { resolvePads } from '../padding.ts';
import { rewriteGraph } from './rewrite.ts';

const sum = (a: Pads, b: Pads): Pads => ({
  top: a.top + b.top,
  bottom: a.bottom + b.bottom,
  left: a.left + b.left,
  right: a.right + b.right,
});

/** Makes zeros around a map the padding of the convolutions that read it, except where their own padding hangs on the size. */
export function foldPads(graph: Graph, options: RebuildOptions = {}): Graph {
  const nodes = nodesByName(graph);
  return rewriteGraph(
    graph,
    (node) => {
      const pad = nodes.get(node.inputs[0] ?? '');
      const isConv = node.kind === 'conv2d' || node.kind === 'depthwiseConv2d';
      if (!isConv || node.attrs.padding === 'same' || node.attrs.nominal) return node;
      if (pad?.kind !== 'pad' || pad.attrs.nominal) return node;
      const padding = sum(pad.attrs.pads, resolvePads(node.attrs, [1, 1]));
      return { ...node, inputs: pad.inputs, attrs: { ...node.attrs, padding } };
    },
    options,
  );
}
