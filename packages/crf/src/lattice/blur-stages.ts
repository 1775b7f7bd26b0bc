import type { Address } from './assembly.ts';
import { shareOf } from './crew.ts';
import type { Chains } from './list-chains.ts';

/** Chains of one axis to blur: entries of their list. */
export interface BlurSegment {
  readonly chains: Address;
  readonly from: number;
  readonly to: number;
}

/** For each part of the work what it blurs, one segment after the other. All parts have ended before the next stage begins. */
export type BlurStage = readonly (readonly BlurSegment[])[];

/** Any two chains of an axis have no vertex in common. */
const axisStage = ({ at, length }: Chains, parts: number): BlurStage =>
  Array.from({ length: parts }, (_, part) => {
    const [from, to] = shareOf(length, part, parts);
    return [{ chains: at, from, to }];
  });

/** Batches have no vertex in common, and each is blurred along all of its axes while the cache holds it. */
function batchStage(axes: readonly Chains[], parts: number): BlurStage {
  const bounds = axes.map(({ cuts, length }) => [0, ...cuts, length]);
  const blurBatch = (batch: number): BlurSegment[] =>
    axes.map(({ at }, axis) => ({ chains: at, from: bounds[axis]![batch]!, to: bounds[axis]![batch + 1]! }));
  return Array.from({ length: parts }, (_, part) => {
    const [first, end] = shareOf(bounds[0]!.length - 1, part, parts);
    return Array.from({ length: end - first }, (_, i) => blurBatch(first + i)).flat();
  });
}

/** How a lattice is blurred along each axis, in the axes' order, or the reverse, which is the transposed blur. */
export function planBlur(chains: readonly Chains[], parts: number, isReverse = false): BlurStage[] {
  const inner = chains.filter(({ cuts }) => cuts.length > 0);
  const outer = chains.filter(({ cuts }) => cuts.length === 0);
  const order = <T>(list: readonly T[]): readonly T[] => (isReverse ? list.toReversed() : list);
  const stages = outer.map((axis) => axisStage(axis, parts));
  return [...order(inner.length > 0 ? [...stages, batchStage(order(inner), parts)] : stages)];
}
