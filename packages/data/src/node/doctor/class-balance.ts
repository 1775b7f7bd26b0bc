import type { LabelMap } from '@atrous/core';
import type { Findings } from './finding.ts';

/** How often a class is seen. */
export interface ClassBalance {
  readonly id: number;
  readonly name: string;
  /** Pixels in all splits. */
  readonly pixels: number;
  /** Of the labelled pixels, 0 … 1. */
  readonly share: number;
  /** Pictures that show it. */
  readonly images: number;
  /** Weight that makes up for it: the median share over its own, 0 for classes that are absent. */
  readonly weight: number;
}

/** Counts of a split, by class id. */
export interface ClassCounts {
  readonly pixels: Float64Array;
  readonly images: Float64Array;
}

const RARE = 0.01;
const DOMINANT = 0.9;

const total = (numbers: Iterable<number>): number => [...numbers].reduce((sum, one) => sum + one, 0);

/** @see Eigen and Fergus 2015, "Predicting Depth, Surface Normals and Semantic Labels", §6.3.2, arXiv:1411.4734: median frequency weights */
function balanceOf({ classes }: LabelMap, splits: readonly ClassCounts[]): readonly ClassBalance[] {
  const pixels = classes.map(({ id }) => total(splits.map((split) => split.pixels[id]!)));
  const all = total(pixels);
  const shares = pixels.map((count) => (all === 0 ? 0 : count / all));
  const present = shares.filter((share) => share > 0).toSorted((a, b) => a - b);
  const median = present[Math.floor(present.length / 2)] ?? 0;
  return classes.map(({ id, name }) => ({
    id,
    name,
    pixels: pixels[id]!,
    share: shares[id]!,
    images: total(splits.map((split) => split.images[id]!)),
    weight: shares[id] === 0 ? 0 : median / shares[id]!,
  }));
}

/** Weighs the classes, and finds those that are absent, rare or everywhere. */
export function weighClasses(
  labels: LabelMap,
  splits: ReadonlyMap<string, ClassCounts>,
  findings: Findings,
): readonly ClassBalance[] {
  const balance = balanceOf(labels, [...splits.values()]);
  const train = splits.get('train');
  for (const { id, name, pixels, share } of balance) {
    if (id === labels.ignoreLabel) continue;
    const percent = `${name} ${(share * 100).toFixed(share < 0.001 ? 3 : 1)} %`;
    if (pixels === 0) findings.add('class-absent', name, name);
    else if (train?.pixels[id] === 0) findings.add('class-not-in-train', name, name);
    else if (share < RARE) findings.add('class-rare', name, percent);
    if (share > DOMINANT) findings.add('class-dominates', name, percent);
  }
  return balance;
}
