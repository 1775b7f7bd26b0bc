import {
  classAccuracy,
  classIou,
  createConfusionMatrix,
  frequencyWeightedIou,
  meanAccuracy,
  meanIou,
  pixelAccuracy,
} from '@atrous/metrics';
import { isDeepStrictEqual } from 'node:util';

interface MetricsFile {
  readonly classes: number;
  readonly gt: readonly number[];
  readonly pred: readonly number[];
  readonly [score: string]: unknown;
}

/** The file says so in words. */
const IGNORE_LABEL = 255;

/** Below what sums in another order change. */
const rounded = (value: unknown): unknown =>
  typeof value === 'number' ? Number(value.toPrecision(14)) : Array.isArray(value) ? value.map(rounded) : value;

/**
 * Computes every score of `ops/metrics.json` from the file's labels.
 *
 * @returns how many agree, for people.
 * @throws Error that names the scores that differ.
 */
export function checkMetrics(file: unknown): string {
  const { classes, gt, pred, ...expected } = file as MetricsFile;
  const matrix = createConfusionMatrix(classes, { ignoreLabel: IGNORE_LABEL });
  matrix.add(gt, pred);
  const row = (_: unknown, id: number) => [...matrix.counts.subarray(id * classes, (id + 1) * classes)];
  const scores = {
    confusion: Array.from({ length: classes }, row),
    pixel_accuracy: pixelAccuracy(matrix),
    class_accuracy: classAccuracy(matrix),
    mean_class_accuracy: meanAccuracy(matrix),
    iou: classIou(matrix),
    mean_iou: meanIou(matrix),
    mean_iou_present: meanIou(matrix, { absent: 'exclude-truth' }),
    frequency_weighted_iou: frequencyWeightedIou(matrix),
  };
  const different = Object.entries(scores).filter(
    ([name, score]) => !isDeepStrictEqual(rounded(score), rounded(expected[name])),
  );
  if (different.length > 0)
    throw new Error(
      different
        .map(([name, score]) => `${name} is ${JSON.stringify(score)}, not ${JSON.stringify(expected[name])}`)
        .join('; '),
    );
  return `${Object.keys(scores).length} scores agree`;
}
