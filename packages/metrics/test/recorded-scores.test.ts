import { classIou, createConfusionMatrix, meanIou, pixelAccuracy } from '@atrous/metrics';
import { dataFolder } from '@atrous/testing';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const data = dataFolder();

interface Scores {
  readonly pixel_accuracy: number;
  readonly mean_iou_classes_in_truth_or_prediction: number;
  readonly mean_iou_classes_in_truth: number;
  readonly iou: Readonly<Record<string, number>>;
  readonly confusion_rows_truth_cols_prediction: readonly (readonly number[])[];
}

const read = (file: string): unknown => JSON.parse(readFileSync(join(data ?? '', file), 'utf8'));

/** Each file's scores were computed by another program from the matrix beside them. */
describe.skipIf(data === undefined)('scores recorded by another program', () => {
  const single = [
    'deeplabv3-mnv2-voc-npy/reference/scores_shared_voc.json',
    'deeplabv3-mnv2-dm05-voc-257/reference/scores_shared_voc.json',
    'deeplabv3-mnv2-voc-uint8/reference/scores_shared_voc.json',
  ];
  const cases: (readonly [string, Scores])[] =
    data === undefined
      ? []
      : [
          ...single.map((file) => [file, read(file) as Scores] as const),
          ...Object.entries(read('voc2012/deeplab-v1-paper/scores.json') as Record<string, Scores>),
        ];

  it.each(cases)('%s', (_, scores) => {
    const rows = scores.confusion_rows_truth_cols_prediction;
    const matrix = createConfusionMatrix(rows.length, { ignoreLabel: 255 });
    matrix.merge({ numClasses: rows.length, ignoreLabel: 255, counts: Float64Array.from(rows.flat()) });
    expect(pixelAccuracy(matrix)).toBeCloseTo(scores.pixel_accuracy, 6);
    expect(meanIou(matrix, { absent: 'exclude-both' })).toBeCloseTo(scores.mean_iou_classes_in_truth_or_prediction, 6);
    expect(meanIou(matrix, { absent: 'exclude-truth' })).toBeCloseTo(scores.mean_iou_classes_in_truth, 6);
    const names = readFileSync(join(data!, 'voc2012/classes.txt'), 'utf8').trim().split(/\s+/);
    const ious = classIou(matrix);
    for (const [name, iou] of Object.entries(scores.iou)) expect(ious[names.indexOf(name)]).toBeCloseTo(iou, 6);
  });
});
