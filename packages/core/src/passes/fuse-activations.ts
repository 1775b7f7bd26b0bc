import type { RebuildOptions } from '../graph.ts';
import type { Graph, Node, OpKind } from '../ops.ts';
import { rewriteGraph, useCounts } from './rewrite.ts';

const FUSABLE: ReadonlySet<OpKind> = new Set(['conv2d', 'depthwiseConv2d', 'add', 'interpolateTaps']);

const fusable = ({ kind, attrs }: Node): boolean =>
  FUSABLE.has(kind) && 'activation' in attrs && attrs.activation === 'linear';

/** Moves an activation into the convolution or sum it follows, where nothing else reads that result. */
export function fuseActivations(graph: Graph, options: RebuildOptions = {}): Graph {
  const uses = useCounts(graph);
  const fused = new Map<string, Node & { readonly kind: 'activation' }>();
  const byName = new Map(graph.nodes.map((node) => [node.name, node]));
  for (const node of graph.nodes) {
    const source = byName.get(node.inputs[0] ?? '');
    if (node.kind === 'activation' && source && fusable(source) && uses.get(source.name) === 1)
      fused.set(source.name, node);
  }
  const gone = new Set([...fused.values()].map((node) => node.name));
  return rewriteGraph(
    graph,
    (node) => {
      if (gone.has(node.name)) return node.inputs[0] ?? node;
      const activation = fused.get(node.name);
      return activation ? { ...node, attrs: { ...node.attrs, activation: activation.attrs.fn } } : node;
    },
    options,
  );
}
