import type { LabelClass, LabelMap } from '@atrous/core';
import type { LabelArray } from './label-array.ts';

/** A class that is in the picture. */
export interface LegendEntry extends LabelClass {
  /** Pixels that have this label. */
  readonly pixels: number;
  /** Share of all pixels, above 0 and up to 1. */
  readonly share: number;
}

/**
 * Classes that are in the picture, largest first.
 *
 * @param labels `[h, w]`, class ids.
 */
export function legendOf(labels: LabelArray, { classes }: LabelMap): readonly LegendEntry[] {
  const counts = new Uint32Array(classes.length);
  for (const label of labels) counts[label] = (counts[label] as number) + 1;
  return classes
    .map((labelClass, index) => ({ ...labelClass, pixels: counts[index] as number }))
    .filter(({ pixels }) => pixels > 0)
    .map((entry) => ({ ...entry, share: entry.pixels / labels.length }))
    .toSorted((a, b) => b.pixels - a.pixels);
}
