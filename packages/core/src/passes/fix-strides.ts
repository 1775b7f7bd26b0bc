import type { RebuildOptions } from '../graph.ts';
import type { Graph, Node } from '../ops.ts';
import { rewriteGraph } from './rewrite.ts';

const fixed = (node: Node): Node =>
  'nominal' in node.attrs ? ({ ...node, attrs: { ...node.attrs, nominal: undefined } } as Node) : node;

/** Makes every layer keep the stride and rate that it has, so that layers can be taken out and replaced. No `retarget` changes it any more. */
export const fixStrides = (graph: Graph, options: RebuildOptions = {}): Graph => rewriteGraph(graph, fixed, options);
