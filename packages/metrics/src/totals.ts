import type { ConfusionMatrix } from './confusion-matrix.ts';

/** What scores need to know of one class, in pixels. */
export interface ClassTotals {
  /** In truth and prediction alike. */
  readonly correct: number;
  readonly truth: number;
  readonly predicted: number;
}

/** The part of a matrix that scores are computed from, so that one read from JSON can be scored too. */
export type Counts = Pick<ConfusionMatrix, 'numClasses' | 'counts'>;

/** Sums of each class's row and column. */
export function totalsOf({ numClasses, counts }: Counts): readonly ClassTotals[] {
  return Array.from({ length: numClasses }, (_, id) => {
    let [truth, predicted] = [0, 0];
    for (let other = 0; other < numClasses; other++) {
      truth += counts[id * numClasses + other]!;
      predicted += counts[other * numClasses + id]!;
    }
    return { correct: counts[id * numClasses + id]!, truth, predicted };
  });
}

/** Arithmetic mean, or `null` of nothing. */
export const mean = (values: readonly number[]): number | null =>
  values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
