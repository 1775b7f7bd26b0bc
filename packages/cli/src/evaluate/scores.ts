import type { LabelMap } from '@atrous/core';
import {
  classAccuracy,
  classIou,
  frequencyWeightedIou,
  meanAccuracy,
  meanIou,
  pixelAccuracy,
  type AbsentClasses,
  type ConfusionMatrix,
  type Counts,
} from '@atrous/metrics';

/** Scores 0 … 1; `null` where there is nothing to score. */
export interface Scores {
  readonly meanIou: Readonly<Record<AbsentClasses, number | null>>;
  readonly frequencyWeightedIou: number | null;
  readonly pixelAccuracy: number | null;
  readonly meanAccuracy: number | null;
  readonly classes: readonly {
    readonly id: number;
    readonly name: string;
    readonly iou: number | null;
    readonly accuracy: number | null;
    /** Pixels in the truth. */
    readonly pixels: number;
  }[];
}

/** Mean IoU by each convention. */
export const meanIous = (matrix: Counts): Scores['meanIou'] => ({
  'exclude-both': meanIou(matrix, { absent: 'exclude-both' }),
  'exclude-truth': meanIou(matrix, { absent: 'exclude-truth' }),
  zero: meanIou(matrix, { absent: 'zero' }),
});

/** Everything that a confusion matrix says, with the classes' names. */
export function scoresOf(matrix: ConfusionMatrix, { classes }: LabelMap): Scores {
  const iou = classIou(matrix);
  const accuracy = classAccuracy(matrix);
  const { counts, numClasses } = matrix;
  const pixelsOf = (id: number): number =>
    counts.subarray(id * numClasses, (id + 1) * numClasses).reduce((sum, count) => sum + count, 0);
  return {
    meanIou: meanIous(matrix),
    frequencyWeightedIou: frequencyWeightedIou(matrix),
    pixelAccuracy: pixelAccuracy(matrix),
    meanAccuracy: meanAccuracy(matrix),
    classes: classes.map(({ id, name }) => ({
      id,
      name,
      iou: iou[id] ?? null,
      accuracy: accuracy[id] ?? null,
      pixels: pixelsOf(id),
    })),
  };
}
