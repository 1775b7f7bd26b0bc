import type { Address } from './assembly.ts';
import type { Kernels } from './kernels.ts';
import type { SortedVertices } from './sort-vertices.ts';

/** Neighbours along one axis: numbers of vertices, of which the first of each chain has its highest bit set, as has what follows the last. */
export interface Chains {
  readonly at: Address;
  readonly length: number;
  /** First entry of each batch of vertices but the first, where no chain leaves its batch. */
  readonly cuts: readonly number[];
}

/** From this axis on, neighbours lie at the same place along the first two features. */
const FIRST_INNER_AXIS = 3;

/** Lists the chains of each axis. @param steps what a key gains on the way to the neighbour. */
export function listChains(
  { arena, assembly }: Kernels,
  { keys, names, count, cuts }: SortedVertices,
  steps: BigUint64Array,
): Chains[] {
  const scratch = arena.allocate(5 * count);
  const cutsAt = arena.allocate(4 * cuts.length);
  return Array.from(steps, (step, axis) => {
    const at = arena.allocate(4 * (count + 1));
    const cutCount = axis < FIRST_INNER_AXIS ? 0 : cuts.length;
    const entries = arena.ints(cutsAt, cutCount);
    entries.set(cuts.slice(0, cutCount));
    const length = assembly.listChains(keys, names, count, step, cutsAt, cutCount, at, scratch);
    arena.release(at + 4 * (length + 1));
    return { at, length, cuts: [...entries] };
  });
}

/** Moves chains to `mark`, and gives back what follows them there. */
export function moveChains({ arena }: Kernels, chains: readonly Chains[], mark: Address): Chains[] {
  arena.release(mark);
  return chains.map(({ at, length, cuts }) => {
    const to = arena.allocate(4 * (length + 1));
    arena.ints(to, length + 1).set(arena.ints(at, length + 1));
    return { at: to, length, cuts };
  });
}
