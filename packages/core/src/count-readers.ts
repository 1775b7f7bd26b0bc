import type { Graph } from './ops.ts';

/** How many nodes read each node's value, by name; outputs of the graph are wanted forever. Runtimes free what nobody reads any more. */
export function countReaders(graph: Graph): Map<string, number> {
  const readers = new Map<string, number>();
  for (const { inputs } of graph.nodes) for (const name of inputs) readers.set(name, (readers.get(name) ?? 0) + 1);
  for (const name of Object.values(graph.outputs)) readers.set(name, Infinity);
  return readers;
}
