import { createRandom, type Preprocessing } from '@atrous/core';
import type { Dataset, LabelledImage } from '@atrous/data';
import type { Batch, BatchSource } from '@atrous/train';
import type { TrainConfig } from '../config/config-schema.ts';

interface Target {
  readonly images: Float32Array;
  readonly labels: Int32Array;
  /** Place in the batch. */
  readonly place: number;
  readonly size: readonly [height: number, width: number];
}

/** Copies a window of a picture into a batch, mirrored or not; what lies outside of the picture has the ignore label. */
function copyWindow(
  { image, mask }: LabelledImage,
  { top, left, mirrored }: { readonly top: number; readonly left: number; readonly mirrored: boolean },
  { images, labels, place, size: [height, width] }: Target,
  { mean, std, channelOrder }: Preprocessing,
): void {
  const order = channelOrder === 'rgb' ? [0, 1, 2] : [2, 1, 0];
  for (let y = 0; y < Math.min(height, image.height - top); y++)
    for (let x = 0; x < Math.min(width, image.width - left); x++) {
      const from = (top + y) * image.width + left + (mirrored ? Math.min(width, image.width - left) - 1 - x : x);
      const to = (place * height + y) * width + x;
      labels[to] = mask.data[from] ?? 0;
      order.forEach((channel, index) => {
        images[to * 3 + index] = ((image.data[from * 4 + channel] ?? 0) - (mean[index] ?? 0)) / (std[index] ?? 1);
      });
    }
}

/** Random windows of random pictures, half of them mirrored; everything follows from seed and step. */
export function openBatches(
  { samples, labels: map }: Dataset,
  config: TrainConfig,
  prepare: Preprocessing,
): BatchSource {
  const { batchSize, cropSize, seed, augment } = config;
  const [height, width] = cropSize;
  return {
    labels: map,
    stepsPerEpoch: Math.ceil(samples.length / batchSize),
    async batch(step, options): Promise<Batch> {
      const images = new Float32Array(batchSize * height * width * 3);
      const labels = new Int32Array(batchSize * height * width).fill(map.ignoreLabel ?? 0);
      for (let place = 0; place < batchSize; place++) {
        const random = createRandom(seed, 'batch', step, place);
        const sample = await random.pick(samples).open(options);
        const top = random.integer(Math.max(1, sample.image.height - height + 1));
        const left = random.integer(Math.max(1, sample.image.width - width + 1));
        const mirrored = random.chance(augment.flip);
        copyWindow(sample, { top, left, mirrored }, { images, labels, place, size: cropSize }, prepare);
      }
      const shape = [batchSize, height, width];
      return { images: { shape: [...shape, 3], data: images }, labels: { shape, data: labels } };
    },
  };
}
