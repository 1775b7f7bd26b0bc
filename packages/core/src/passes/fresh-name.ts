import type { Graph } from '../ops.ts';

/** Makes names that no node of a graph has, and that were not made before. */
export function freshNames(graph: Graph): (wanted: string) => string {
  const taken = new Set(graph.nodes.map(({ name }) => name));
  return (wanted) => {
    let name = wanted;
    for (let i = 2; taken.has(name); i++) name = `${wanted}_${i}`;
    taken.add(name);
    return name;
  };
}
