import type { RebuildOptions } from '../graph.ts';
import type { Graph } from '../ops.ts';
import { rewriteGraph } from './rewrite.ts';

/** Takes out dropout, which is the identity at inference. */
export const removeDropout = (graph: Graph, options: RebuildOptions = {}): Graph =>
  rewriteGraph(graph, (node) => (node.kind === 'dropout' ? (node.inputs[0] ?? node) : node), options);
