import { createGraphBuilder, type Unplaced } from '../graph-builder.ts';
import type { RebuildOptions } from '../graph.ts';
import type { Graph, Node } from '../ops.ts';

/** How many nodes and outputs read each node. */
export function useCounts(graph: Graph): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  const count = (name: string): void => void counts.set(name, (counts.get(name) ?? 0) + 1);
  for (const node of graph.nodes) node.inputs.forEach(count);
  Object.values(graph.outputs).forEach(count);
  return counts;
}

/**
 * What becomes of a node: itself or a changed copy, the name of an earlier node that takes its place, or several nodes, the last of which
 * takes its place. Shapes are inferred anew.
 */
export type Rewrite = (node: Node) => Unplaced | string | readonly Unplaced[];

/** A rate may hang on a node that is not an input. */
function withDensityOf(node: Node, follow: (name: string) => string): Node {
  const nominal = 'nominal' in node.attrs ? node.attrs.nominal : undefined;
  if (nominal?.densityOf === undefined) return node;
  return { ...node, attrs: { ...node.attrs, nominal: { ...nominal, densityOf: follow(nominal.densityOf) } } } as Node;
}

/** Rebuilds a graph node by node; readers of a replaced node follow it to its replacement. */
export function rewriteGraph(graph: Graph, rewrite: Rewrite, options: RebuildOptions = {}): Graph {
  const builder = createGraphBuilder({ outputStride: graph.outputStride, ops: options.ops });
  const replaced = new Map<string, string>();
  const added = new Map<string, Node>();
  const follow = (name: string): string => replaced.get(name) ?? name;
  for (const node of graph.nodes) {
    const result = rewrite(withDensityOf({ ...node, inputs: node.inputs.map(follow) }, follow));
    if (typeof result === 'string') replaced.set(node.name, follow(result));
    else {
      const nodes: readonly Unplaced[] = Array.isArray(result) ? result : [result];
      for (const each of nodes) added.set(each.name, builder.addNode(each));
      const last = nodes.at(-1)?.name ?? node.name;
      if (last !== node.name) replaced.set(node.name, last);
    }
  }
  const outputs = Object.entries(graph.outputs).map(([name, node]) => [name, added.get(follow(node)) as Node] as const);
  return builder.build(Object.fromEntries(outputs));
}
