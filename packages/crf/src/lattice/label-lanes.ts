import type { Address } from './assembly.ts';
import { sharedPhase } from './crew.ts';
import type { Kernels } from './kernels.ts';
import { planBlocks, type LaneBlocks } from './lane-blocks.ts';

/** Which labels have lanes of their own. */
export interface LabelLanes extends LaneBlocks {
  /** Bytes from a pixel's first energy to that of each label: first of those with lanes, then of those that share the last. 0: all have lanes. */
  readonly order: Address;
}

/** Labels by the least that their energy lies above the best, with those gaps. */
async function sortByGap({ arena, crew }: Kernels, energies: Address, pixels: number, labels: number) {
  const mark = arena.mark();
  const bytes = 4 * labels;
  const gaps = Array.from({ length: crew.parts }, () => arena.allocate(bytes + 16));
  const phase = sharedPhase(crew, pixels, (from, to, part) => [
    ['leastGaps', energies + bytes * from, to - from, labels, gaps[part]!],
  ]);
  await crew.run([phase]);
  const found = gaps.filter((_, part) => phase[part]!.length > 0).map((at) => arena.floats(at, labels));
  const sorted = Array.from({ length: labels }, (_, label) => ({
    label,
    gap: Math.min(...found.map((of) => of[label]!)),
  }));
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
export async function chooseLanes(
  kernels: Kernels,
  energies: Address,
  pixels: number,
  labels: number,
  tolerance: number,
): Promise<LabelLanes> {
  const all = { ...planBlocks(labels), order: 0 };
  if (tolerance === 0) return all;
  const sorted = await sortByGap(kernels, energies, pixels, labels);
  const needed = sorted.filter(({ gap }) => gap < -Math.log(tolerance)).length;
  const blocks = planBlocks(needed + 1);
  if (blocks.step >= all.step) return all;
  const order = kernels.arena.allocate(4 * labels + 12);
  // labels are gathered by four, the last ones of which may not count
  kernels.arena.ints(order, labels + 3).fill(0);
  kernels.arena.ints(order, labels).set(sorted.map(({ label }) => 4 * label));
  return { ...blocks, order };
}
