import type { Address } from './assembly.ts';
import type { Vertices } from './embed-pixels.ts';
import type { Kernels } from './kernels.ts';

/** Vertices in the order of their keys, under their last numbers. */
export interface SortedVertices {
  readonly keys: Address;
  /** Number of each key's vertex. */
  readonly names: Address;
  readonly count: number;
  /** First vertex of each batch but the first. No chain of an inner axis leaves its batch. */
  readonly cuts: readonly number[];
}

/** Vertices of a batch: their rows fit a core's own cache, of which there are a million bytes. */
const LEAST_BATCH = 4096;

/** Joins groups that follow one another to batches. @param starts first vertex of each group. */
function batchGroups(starts: Iterable<number>): number[] {
  const cuts: number[] = [];
  for (const start of starts) if (start >= (cuts.at(-1) ?? 0) + LEAST_BATCH) cuts.push(start);
  return cuts;
}

/**
 * Sorts vertices, and numbers those that lie at the same place along the first two features one after the other: axes that change no other
 * features lead from one to another of these, which fit the cache together.
 *
 * @param rows vertices of all pixels' corners, which receive the new numbers.
 */
export function sortVertices(
  { arena, assembly }: Kernels,
  { keys, count, layout: { bits, groupMask } }: Vertices,
  rows: { readonly at: Address; readonly length: number },
): SortedVertices {
  const names = arena.allocate(4 * count);
  const mark = arena.mark();
  const ranks = arena.allocate(4 * count);
  assembly.sortKeys(keys, count, bits, ranks, arena.allocate(assembly.sortBytes(count)));
  const [starts, cursors] = [arena.allocate(4 * count), arena.allocate(4 * count)];
  const groups = assembly.numberGroups(keys, count, groupMask, ranks, names, starts, cursors);
  assembly.renumber(rows.at, rows.length, ranks);
  const cuts = batchGroups(arena.ints(starts, groups));
  arena.release(mark);
  return { keys, names, count, cuts };
}
