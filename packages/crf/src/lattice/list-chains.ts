import type { Address } from './assembly.ts';
import type { Call } from './crew.ts';
import type { Kernels } from './kernels.ts';
import type { SortedVertices } from './sort-vertices.ts';

/** Neighbours along one axis: numbers of vertices, of which the first of each chain has its highest bit set, as has what follows the last. */
export interface Chains {
  readonly at: Address;
  readonly length: number;
  /** First entry of each batch of vertices but the first, where no chain leaves its batch. */
  readonly cuts: readonly number[];
}

/** Where one axis' list is being made. */
interface ChainList {
  readonly at: Address;
  readonly length: Address;
  readonly cuts: Address;
  readonly cutCount: number;
}

/** From this axis on, neighbours lie at the same place along the first two features. */
const FIRST_INNER_AXIS = 3;

function allocateList({ arena }: Kernels, { count, cuts }: SortedVertices, axis: number): ChainList {
  const cutCount = axis < FIRST_INNER_AXIS ? 0 : cuts.length;
  const list = { at: arena.allocate(4 * (count + 1)), length: arena.allocate(4), cuts: arena.allocate(4 * cutCount) };
  arena.ints(list.cuts, cutCount).set(cuts.slice(0, cutCount));
  return { ...list, cutCount };
}

/** Lists the chains of each axis; parts take axes. @param steps what a key gains on the way to the neighbour. */
export async function listChains(
  kernels: Kernels,
  sorted: SortedVertices,
  steps: BigUint64Array,
): Promise<readonly Chains[]> {
  const { arena, crew } = kernels;
  const { keys, names, count } = sorted;
  const lists = Array.from(steps, (_, axis) => allocateList(kernels, sorted, axis));
  const phase = Array.from({ length: crew.parts }, (_, part) => {
    const scratch = arena.allocate(9 * count + 5);
    return lists.flatMap(({ at, length, cuts, cutCount }, axis): Call[] =>
      axis % crew.parts === part
        ? [['listChains', keys, names, count, steps[axis]!, cuts, cutCount, at, length, scratch]]
        : [],
    );
  });
  await crew.run([phase]);
  return lists.map(({ at, length, cuts, cutCount }) => ({
    at,
    length: arena.ints(length, 1)[0]!,
    cuts: [...arena.ints(cuts, cutCount)],
  }));
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
