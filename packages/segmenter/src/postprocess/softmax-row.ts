import type { AxisTaps } from './axis-taps.ts';
import { createInterpolation } from './interpolate.ts';
import { largest } from './largest.ts';
import type { LabelArray } from './label-row.ts';

/** Where a row's numbers go. */
export interface SoftmaxRow {
  readonly labels: LabelArray;
  /** Probability of each pixel's label. */
  readonly confidence?: Float32Array | undefined;
  /** `[w, c]`. */
  readonly probabilities: Float32Array;
}

/** Interpolates all logits of a row, blended to that row before, and puts them through softmax. */
export type RowSoftmax = (blended: Float64Array, row: SoftmaxRow) => void;

export function createRowSoftmax(columns: AxisTaps, classes: number): RowSoftmax {
  const values = new Float64Array(classes);
  const interpolate = createInterpolation(columns, classes);

  /** Leaves exponentials in `values` and returns their sum. The largest is 1, so that none overflows. */
  const exponentials = (most: number): number => {
    let sum = 0;
    for (let label = 0; label < classes; label++) {
      const value = Math.exp((values[label] as number) - most);
      values[label] = value;
      sum += value;
    }
    return sum;
  };

  return (blended, { labels, confidence, probabilities }) => {
    for (let x = 0; x < labels.length; x++) {
      interpolate(blended, x, values);
      const label = largest(values, 0, classes);
      const sum = exponentials(values[label] as number);
      labels[x] = label;
      if (confidence) confidence[x] = 1 / sum;
      for (let channel = 0; channel < classes; channel++)
        probabilities[x * classes + channel] = (values[channel] as number) / sum;
    }
  };
}
