import { voc2012 } from '@atrous/data';
import { openMask } from '@atrous/data/node';
import { classIou, createConfusionMatrix, meanIou, pixelAccuracy, type ConfusionMatrix } from '@atrous/metrics';
import { dataFolder } from '@atrous/testing';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const data = dataFolder();

interface Scores {
  readonly pixel_accuracy: number;
  readonly mean_iou_classes_in_truth_or_prediction: number;
  readonly mean_iou_classes_in_truth: number;
  readonly iou: Readonly<Record<string, number>>;
  readonly pixel_accuracy_per_image: Readonly<Record<string, number>>;
  readonly confusion_rows_truth_cols_prediction: readonly (readonly number[])[];
}

const read = (file: string): unknown => JSON.parse(readFileSync(join(data!, file), 'utf8'));
const emptyMatrix = () => createConfusionMatrix(voc2012.classes.length, { ignoreLabel: voc2012.ignoreLabel });

/** Confusion of one stored prediction with VOC's truth. */
async function compare(id: string, prediction: string): Promise<ConfusionMatrix> {
  const matrix = emptyMatrix();
  const truth = await openMask(join(data!, `voc2012/SegmentationClass/${id}.png`));
  matrix.add(truth.data, (await openMask(prediction)).data);
  return matrix;
}

describe.skipIf(data === undefined)(
  'stored predictions against the truth have the scores another program gave them',
  () => {
    const paper = 'voc2012/deeplab-v1-paper';

    it.each(['res_none', 'res_crf', 'vgg128_ms_none', 'vgg128_ms_crf'])(`${paper}/%s`, async (set) => {
      const scores = (read(`${paper}/scores.json`) as Record<string, Scores>)[set]!;
      const whole = emptyMatrix();
      for (const file of readdirSync(join(data!, paper, set))) {
        const id = file.replace('.png', '');
        const matrix = await compare(id, join(data!, paper, set, file));
        expect(pixelAccuracy(matrix)).toBeCloseTo(scores.pixel_accuracy_per_image[id]!, 6);
        whole.merge(matrix);
      }
      expect([...whole.counts]).toEqual(scores.confusion_rows_truth_cols_prediction.flat());
      expect(pixelAccuracy(whole)).toBeCloseTo(scores.pixel_accuracy, 6);
      expect(meanIou(whole, { absent: 'exclude-both' })).toBeCloseTo(scores.mean_iou_classes_in_truth_or_prediction, 6);
      expect(meanIou(whole, { absent: 'exclude-truth' })).toBeCloseTo(scores.mean_iou_classes_in_truth, 6);
      const ious = classIou(whole);
      for (const { id, name } of voc2012.classes)
        if (name in scores.iou) expect(ious[id]).toBeCloseTo(scores.iou[name]!, 6);
    });

    it.each(['2007_000129', '2008_004654', '2010_001024'])('DeepLabv3 on MobileNetV2, %s', async (id) => {
      const folder = 'deeplabv3-mnv2-voc-npy/reference';
      const scores = read(`${folder}/scores_shared_voc.json`) as Scores;
      const matrix = await compare(id, join(data!, folder, `${id}.argmax.png`));
      expect(pixelAccuracy(matrix)).toBeCloseTo(scores.pixel_accuracy_per_image[id]!, 6);
    });
  },
);
