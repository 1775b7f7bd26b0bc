import { mean, totalsOf, type Counts } from './totals.ts';

/** Share of pixels that are right, 0 … 1; `null` when no pixel was counted. */
export function pixelAccuracy(matrix: Counts): number | null {
  const totals = totalsOf(matrix);
  const pixels = totals.reduce((sum, { truth }) => sum + truth, 0);
  return pixels === 0 ? null : totals.reduce((sum, { correct }) => sum + correct, 0) / pixels;
}

/** Share of each class's pixels that are right (its recall), 0 … 1; `null` for classes the truth does not have. */
export const classAccuracy = (matrix: Counts): readonly (number | null)[] =>
  totalsOf(matrix).map(({ correct, truth }) => (truth === 0 ? null : correct / truth));

/** Mean of {@link classAccuracy} over the classes the truth has; `null` when it has none. */
export const meanAccuracy = (matrix: Counts): number | null =>
  mean(classAccuracy(matrix).filter((accuracy) => accuracy !== null));
