import { ShapeError } from '../errors.ts';
import { liveNodes } from '../graph-builder.ts';
import { nodesByName } from '../graph.ts';
import type { Graph } from '../ops.ts';

/**
 * The part of a graph that leads to some of its outputs: without an auxiliary head, for example.
 *
 * @throws ShapeError that lists the outputs when one is not among them.
 */
export function keepOutputs(graph: Graph, names: readonly string[]): Graph {
  const outputs = Object.fromEntries(
    names.map((name) => {
      const node = Object.hasOwn(graph.outputs, name) ? graph.outputs[name] : undefined;
      if (node === undefined)
        throw new ShapeError(`there is no output "${name}", the graph has ${Object.keys(graph.outputs).join(', ')}`);
      return [name, node];
    }),
  );
  return { ...graph, nodes: liveNodes(nodesByName(graph), Object.values(outputs)), outputs };
}
