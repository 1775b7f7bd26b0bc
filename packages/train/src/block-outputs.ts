import { countReaders, type Graph } from '@atrous/core';

/** Ops after which a network begins something new. */
const ENDS: ReadonlySet<string> = new Set(['add', 'concat', 'maxPool', 'avgPool']);

/**
 * Names of the nodes at which a network's blocks end: sums, concatenations, pools, and what several nodes read.
 *
 * With these kept for the way back (`keep` of `train`), everything within blocks is computed again there, block by block: about a third more
 * work, and memory for the ends and one block instead of every value.
 *
 * @see Chen et al. 2016, "Training Deep Nets with Sublinear Memory Cost", §4, arXiv:1604.06174
 */
export function blockOutputs(graph: Graph): ReadonlySet<string> {
  const readers = countReaders(graph);
  return new Set(
    graph.nodes
      .filter(({ kind, name }) => kind !== 'input' && (ENDS.has(kind) || (readers.get(name) ?? 0) > 1))
      .map(({ name }) => name),
  );
}
