import type { Address } from './assembly.ts';
import type { Embedding, FoundVertices } from './embed-pixels.ts';
import type { Kernels } from './kernels.ts';

/** Vertices in the order of their keys, under their last numbers. */
export interface SortedVertices {
  readonly keys: Address;
  /** Number of each key's vertex. */
  readonly names: Address;
  readonly count: number;
  /** First vertex of each group, and behind them the number of all. */
  readonly groups: readonly number[];
}

/** Keys of all parts, one part's behind another's. */
function gatherKeys({ arena }: Kernels, parts: readonly FoundVertices[], total: number): Address {
  const gathered = arena.allocate(8 * total);
  let to = gathered;
  for (const { keys, count } of parts) {
    arena.longs(to, count).set(arena.longs(keys, count));
    to += 8 * count;
  }
  return gathered;
}

/** Sorts keys, and drops those that are there more than once. @param ranks receives the place of each. @returns how many there are. */
function sortKeys({ arena, assembly }: Kernels, keys: Address, total: number, bits: number, ranks: Address): number {
  const mark = arena.mark();
  assembly.sortKeys(keys, total, bits, ranks, arena.allocate(assembly.sortBytes(total)));
  arena.release(mark);
  const places = arena.allocate(4 * total);
  const count = assembly.uniteKeys(keys, total, places);
  if (count < total) assembly.renumber(ranks, total, places);
  arena.release(mark);
  return count;
}

/**
 * Sorts vertices, and numbers those that lie at the same place along the first two features one after the other: axes that change no other
 * features lead from one to another of these, which fit the cache together.
 *
 * @param rows vertices of all pixels' corners, which receive the new numbers.
 */
export function sortVertices(
  kernels: Kernels,
  { parts, layout: { bits, groupMask } }: Embedding,
  rows: Address,
  corners: number,
): SortedVertices {
  const { arena, assembly } = kernels;
  const total = parts.reduce((sum, { count }) => sum + count, 0);
  const keys = gatherKeys(kernels, parts, total);
  const names = arena.allocate(4 * total);
  const mark = arena.mark();
  const ranks = arena.allocate(4 * total);
  const count = sortKeys(kernels, keys, total, bits, ranks);
  const [starts, cursors] = [arena.allocate(4 * count), arena.allocate(4 * count)];
  const found = assembly.numberGroups(keys, count, groupMask, ranks, total, names, starts, cursors);
  const groups = [...arena.ints(starts, found), count];
  let numbers = ranks;
  for (const part of parts) {
    assembly.renumber(rows + 4 * corners * part.from, corners * (part.to - part.from), numbers);
    numbers += 4 * part.count;
  }
  arena.release(mark);
  return { keys, names, count, groups };
}
