import { parametersOf, type Graph, type Node, type Param } from '@atrous/core';

/** Every parameter of a graph once, with the first node that owns it. */
export function parametersWithNodes(graph: Graph): readonly (readonly [Param, Node])[] {
  const owners = new Map<string, Node>();
  for (const node of graph.nodes)
    for (const { name } of Object.values(node.params)) if (!owners.has(name)) owners.set(name, node);
  return [...parametersOf(graph).values()].map((param) => [param, owners.get(param.name) as Node]);
}
