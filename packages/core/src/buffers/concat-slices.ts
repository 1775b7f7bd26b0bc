import { countReaders } from '../count-readers.ts';
import { nodesByName } from '../graph.ts';
import type { Graph, Node } from '../ops.ts';

/** A part of another node's value. */
export interface Slice {
  readonly of: string;
  /** The first of its channels. */
  readonly channel: number;
}

/**
 * Values that only a concat reads, which can be written where it wants them, so that it has nothing left to copy.
 *
 * @param canWriteSlices whether the kernel for a node can write pixels apart from each other, from a channel on.
 * @returns the slice of each such node, by its name.
 */
export function concatSlices(
  graph: Graph,
  canWriteSlices: (node: Node, channel: number) => boolean,
): ReadonlyMap<string, Slice> {
  const nodes = nodesByName(graph);
  const readers = countReaders(graph);
  const slices = new Map<string, Slice>();
  for (const node of graph.nodes) {
    if (node.kind !== 'concat') continue;
    let channel = 0;
    for (const input of node.inputs) {
      const source = nodes.get(input) as Node;
      if (source.kind !== 'input' && readers.get(input) === 1 && canWriteSlices(source, channel))
        slices.set(input, { of: node.name, channel });
      channel += source.shape[3] as number;
    }
  }
  return slices;
}
