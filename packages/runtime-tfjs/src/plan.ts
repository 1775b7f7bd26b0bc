import { withInputShape, type Graph, type Node, type OpDefinition } from '@atrous/core';

/** Names and shapes of what a graph is given. */
type Shapes = ReadonlyMap<string, { readonly shape: readonly number[] }>;

/** Remembers the nodes of a graph, with every shape known, for the input shapes it was asked for last. */
export function createPlanner(graph: Graph, ops: readonly OpDefinition[]): (inputs: Shapes) => readonly Node[] {
  let last: { readonly key: string; readonly nodes: readonly Node[] } | undefined;
  return (inputs) => {
    const shapes = new Map([...inputs].map(([name, { shape }]) => [name, shape]));
    const key = [...shapes.values()].map((shape) => shape.join()).join(';');
    if (last?.key !== key) last = { key, nodes: withInputShape(graph, shapes, { ops }).nodes };
    return last.nodes;
  };
}
