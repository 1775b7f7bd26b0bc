import type { LabelMap } from '@atrous/core';
import { createConfusionMatrix, createTrimap, meanIou, type Counts, type LabelPair } from '@atrous/metrics';

/** What is tuned for. */
export type Metric = { readonly name: 'miou' } | { readonly name: 'trimap'; /** Pixels. */ readonly width: number };

/** Non-zero entries of a confusion matrix: truth, prediction, pixels. */
export type SparseCounts = readonly (readonly [truth: number, predicted: number, pixels: number])[];

function matrixOf({ classes, ignoreLabel }: LabelMap, metric: Metric, pair: LabelPair): Counts {
  if (metric.name === 'miou') {
    const matrix = createConfusionMatrix(classes.length, { ignoreLabel });
    matrix.add(pair.truth, pair.predicted);
    return matrix;
  }
  const trimap = createTrimap(classes.length, { widths: [metric.width], ignoreLabel });
  trimap.add(pair);
  const [band] = trimap.bands();
  return (band as NonNullable<typeof band>).matrix;
}

/** Counts of one picture, few enough to be a line of a file. */
export function countPair(labels: LabelMap, metric: Metric, pair: LabelPair): SparseCounts {
  const { counts, numClasses } = matrixOf(labels, metric, pair);
  return Array.from(counts, (pixels, i) => [Math.floor(i / numClasses), i % numClasses, pixels] as const).filter(
    ([, , pixels]) => pixels > 0,
  );
}

/** Mean IoU over the classes in the truth, 0 … 1, of several pictures together; 0 where nothing was counted. */
export function scoreCounts(numClasses: number, pictures: readonly SparseCounts[]): number {
  const counts = new Float64Array(numClasses * numClasses);
  for (const [truth, predicted, pixels] of pictures.flat()) counts[truth * numClasses + predicted]! += pixels;
  return meanIou({ numClasses, counts }, { absent: 'exclude-truth' }) ?? 0;
}
