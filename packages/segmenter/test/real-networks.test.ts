import { createConfusionMatrix, meanIou, pixelAccuracy } from '@atrous/metrics';
import { dataFolder } from '@atrous/testing';
import { wasm } from '@atrous/runtime-tfjs/wasm';
import { openMask } from '@atrous/data/node';
import { createSegmenter } from '@atrous/segmenter/node';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { realBundle } from './support/real-bundle.ts';

const root = dataFolder() ?? '';
const at = (path: string): string => join(root, path);
const pictures = ['2007_000129', '2008_004654', '2010_001024'];

interface Scores {
  readonly images: number;
  readonly pixel_accuracy: number;
  readonly mean_iou_classes_in_truth: number;
  readonly mean_iou_classes_in_truth_or_prediction: number;
}

const networks = {
  'deeplabv3-mobilenetv2-voc': {
    checkpoint: 'deeplabv3-mnv2-voc-npy/weights',
    scores: 'deeplabv3-mnv2-voc-npy/reference/scores_shared_voc.json',
  },
  'deeplabv3-mobilenetv2-dm05-voc': {
    checkpoint: 'deeplabv3-mnv2-dm05-voc-257/deeplabv3_257_mv_gpu.tflite',
    scores: 'deeplabv3-mnv2-dm05-voc-257/reference/scores_shared_voc.json',
  },
};

type Name = keyof typeof networks;

const load = async (name: Name) =>
  createSegmenter({ bundle: await realBundle(name, at(networks[name].checkpoint)), runtime: wasm() });

const agreement = (labels: ArrayLike<number>, expected: ArrayLike<number>): number => {
  expect(labels.length).toBe(expected.length);
  let equal = 0;
  for (let index = 0; index < labels.length; index++) if (labels[index] === expected[index]) equal++;
  return equal / labels.length;
};

describe.skipIf(root === '')('real networks', () => {
  it('labels photos as the reference does, from files', async () => {
    using segmenter = await load('deeplabv3-mobilenetv2-voc');
    for (const picture of pictures) {
      const { labels } = await segmenter.segment(at(`voc2012/JPEGImages/${picture}.jpg`));
      const { data } = await openMask(at(`deeplabv3-mnv2-voc-npy/reference/${picture}.argmax.png`));
      expect(agreement(labels, data), picture).toBeGreaterThanOrEqual(0.9999);
    }
  });

  it('labels pictures of the size that the network takes as TensorFlow Lite does', async () => {
    using segmenter = await load('deeplabv3-mobilenetv2-dm05-voc');
    const folder = 'deeplabv3-mnv2-dm05-voc-257/reference';
    for (const picture of pictures) {
      const { labels } = await segmenter.segment(at(`${folder}/${picture}.input257.png`));
      const { data } = await openMask(at(`${folder}/${picture}.tflite_argmax257.png`));
      expect(agreement(labels, data), picture).toBeGreaterThanOrEqual(0.9999);
    }
  });

  it.each(Object.keys(networks) as Name[])(
    'scores on VOC what others measured with %s',
    { timeout: 300_000 },
    async (name) => {
      using segmenter = await load(name);
      const matrix = createConfusionMatrix(21, { ignoreLabel: 255 });
      const list = readFileSync(at('voc2012/list.txt'), 'utf8').trim().split('\n');
      for (const picture of list) {
        const { labels } = await segmenter.segment(at(`voc2012/JPEGImages/${picture}.jpg`));
        matrix.add((await openMask(at(`voc2012/SegmentationClass/${picture}.png`))).data, labels);
      }
      const scores = JSON.parse(readFileSync(at(networks[name].scores), 'utf8')) as Scores;
      expect(list).toHaveLength(scores.images);
      const within = (actual: number | null, expected: number) =>
        expect(Math.abs((actual ?? NaN) - expected)).toBeLessThan(1e-5);
      within(pixelAccuracy(matrix), scores.pixel_accuracy);
      within(meanIou(matrix, { absent: 'exclude-truth' }), scores.mean_iou_classes_in_truth);
      within(meanIou(matrix), scores.mean_iou_classes_in_truth_or_prediction);
    },
  );
});
