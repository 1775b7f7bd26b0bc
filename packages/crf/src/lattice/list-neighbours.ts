import type { Address } from './assembly.ts';
import type { Call } from './crew.ts';
import type { Kernels } from './kernels.ts';
import type { SortedVertices } from './sort-vertices.ts';

/** Neighbours along one axis of a lattice. */
export interface Axis {
  /** Vertices that have any, in the order of their numbers, each with the one before it and the one behind it. */
  readonly list: Address;
  /** Entries of the list up to the end of each group of vertices. */
  readonly ends: readonly number[];
  /** To which group the axis leads from each: always the same one, as groups lie beside each other like their vertices; −1 for none. */
  readonly next: readonly number[];
}

/** Bytes of an entry. */
export const ENTRY = 12;

/** Where one axis' list is being made. */
interface AxisList {
  readonly list: Address;
  readonly ends: Address;
  readonly leads: Address;
}

/** The group that holds a vertex. @param groups first vertex of each, and behind them the number of all. */
function groupOf(vertex: number, groups: readonly number[]): number {
  let [low, high] = [0, groups.length - 1];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (groups[middle]! <= vertex) low = middle;
    else high = middle;
  }
  return low;
}

/** Lists the neighbours along each axis; parts take axes. @param steps what a key gains on the way to the vertex behind. */
export async function listNeighbours(
  { arena, crew }: Kernels,
  { keys, names, count, groups }: SortedVertices,
  steps: BigUint64Array,
): Promise<readonly Axis[]> {
  const [words, groupCount] = [4 * groups.length, groups.length - 1];
  const starts = arena.allocate(words);
  arena.ints(starts, groups.length).set(groups);
  const lists = Array.from(steps, (): AxisList => ({
    list: arena.allocate(ENTRY * (count + 1)),
    ends: arena.allocate(words),
    leads: arena.allocate(words),
  }));
  const phase = Array.from({ length: crew.parts }, (_, part) => {
    const scratch = arena.allocate(8 * count + 4);
    return lists.flatMap(({ list, ends, leads }, axis): Call[] =>
      axis % crew.parts === part
        ? [['listNeighbours', keys, names, count, steps[axis]!, starts, groupCount, list, ends, leads, scratch]]
        : [],
    );
  });
  await crew.run([phase]);
  return lists.map(({ list, ends, leads }) => ({
    list,
    ends: [...arena.ints(ends, groupCount)],
    next: Array.from(arena.ints(leads, groupCount), (vertex) => (vertex < 0 ? -1 : groupOf(vertex, groups))),
  }));
}

/** Moves lists to `mark`, and gives back what follows them there. */
export function moveLists({ arena }: Kernels, axes: readonly Axis[], mark: Address): Axis[] {
  arena.release(mark);
  return axes.map(({ list, ends, next }) => {
    const bytes = ENTRY * ends.at(-1)!;
    const to = arena.allocate(bytes);
    arena.move(list, list + bytes, to);
    return { list: to, ends, next };
  });
}
