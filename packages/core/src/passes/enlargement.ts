import { nodesByName } from '../graph.ts';
import type { Graph, NodeOf, Pair } from '../ops.ts';
import { placements } from '../output-stride.ts';

/** How many times as many rows and columns a resize makes. */
export type Enlargement = (resize: NodeOf<'resizeBilinear'>) => Pair | undefined;

/**
 * The factors of a graph's resizes: of their sizes where these are known, else of the strides before and after; `undefined` where an open map
 * is brought to a size of its own.
 */
export function enlargements(graph: Graph): Enlargement {
  const nodes = nodesByName(graph);
  const placed = placements(graph.nodes, graph.outputStride);
  return ({ name, inputs, shape, attrs: { target } }) => {
    const from = inputs[0] ?? '';
    const source = nodes.get(from)?.shape;
    const strides = (placed.get(from)?.stride ?? 1) / (placed.get(name)?.stride ?? 1);
    const along = (axis: 0 | 1): number | undefined => {
      const [before, after] = [source?.[axis + 1], shape[axis + 1]];
      if (typeof before === 'number' && typeof after === 'number') return after / before;
      return target.kind === 'size' ? undefined : target.kind === 'scale' ? target.factor[axis] : strides;
    };
    const [rows, columns] = [along(0), along(1)];
    return rows === undefined || columns === undefined ? undefined : [rows, columns];
  };
}
