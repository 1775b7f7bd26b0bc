import type { Address } from './assembly.ts';
import type { Kernels } from './kernels.ts';
import { planBlocks, type LaneBlocks } from './lane-blocks.ts';

/** Which labels have lanes of their own. */
export interface LabelLanes extends LaneBlocks {
  /** Bytes from a pixel's first energy to that of each label: first of those with lanes, then of those that share the last. 0: all have lanes. */
  readonly order: Address;
  /** Labels that have lanes of their own. */
  readonly live: number;
}

/** Labels by the least that their energy lies above the best, with those gaps. */
function sortByGap({ arena, assembly }: Kernels, energies: Address, pixels: number, labels: number) {
  const mark = arena.mark();
  const [gaps, scratch] = [arena.allocate(4 * labels + 16), arena.allocate(4 * labels + 16)];
  assembly.leastGaps(energies, pixels, labels, gaps, scratch);
  const sorted = Array.from(arena.floats(gaps, labels), (gap, label) => ({ gap, label }));
  arena.release(mark);
  return sorted.toSorted((a, b) => a.gap - b.gap);
}

/**
 * Gives lanes to labels that are anywhere more probable than `tolerance`, before any message.
 *
 * All others share one, the last, which neither sends nor receives messages. Only whole vectors are saved: lanes that would stay empty go
 * to the most probable of the others.
 *
 * @param energies `[pixels, labels]`.
 */
export function chooseLanes(
  kernels: Kernels,
  energies: Address,
  pixels: number,
  labels: number,
  tolerance: number,
): LabelLanes {
  const all = { ...planBlocks(labels), order: 0, live: labels };
  if (tolerance === 0) return all;
  const sorted = sortByGap(kernels, energies, pixels, labels);
  const needed = sorted.filter(({ gap }) => gap < -Math.log(tolerance)).length;
  const blocks = planBlocks(needed + 1);
  if (blocks.step >= all.step) return all;
  const order = kernels.arena.allocate(4 * labels);
  kernels.arena.ints(order, labels).set(sorted.map(({ label }) => 4 * label));
  return { ...blocks, order, live: blocks.step / 4 - 1 };
}
