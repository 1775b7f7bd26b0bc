import { createRandom, type Preprocessing } from '@atrous/core';
import type { Dataset } from '@atrous/data';
import type { Batch, BatchSource } from '@atrous/train';
import type { TrainConfig } from '../config/config-schema.ts';
import { copyWindow } from './copy-window.ts';
import { randomWindow } from './random-window.ts';

/** Value of pixels outside of pictures where the labels have no ignore label. */
const NO_LABEL = 255;

/** Random windows of random pictures. What a step sees follows from seed and step alone. */
export function openBatches(
  { samples, labels: map }: Dataset,
  config: TrainConfig,
  prepare: Preprocessing,
): BatchSource {
  const { batchSize, cropSize, seed } = config;
  const [height, width] = cropSize;
  const area = height * width;
  return {
    labels: map,
    stepsPerEpoch: Math.ceil(samples.length / batchSize),
    async batch(step, options): Promise<Batch> {
      const images = new Float32Array(batchSize * area * 3);
      const labels = new Int32Array(batchSize * area).fill(map.ignoreLabel ?? NO_LABEL);
      for (let place = 0; place < batchSize; place++) {
        const random = createRandom(seed, 'batch', step, place);
        const sample = await random.pick(samples).open(options);
        const window = randomWindow(random, [sample.image.height, sample.image.width], config);
        const image = images.subarray(place * area * 3, (place + 1) * area * 3);
        const target = { image, labels: labels.subarray(place * area, (place + 1) * area), height, width };
        copyWindow(sample, window, target, prepare);
      }
      const shape = [batchSize, height, width];
      return { images: { shape: [...shape, 3], data: images }, labels: { shape, data: labels } };
    },
  };
}
