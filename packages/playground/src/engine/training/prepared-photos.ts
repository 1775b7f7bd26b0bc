import type { LongRunningOptions, Preprocessing, Tensor } from '@atrous/core';
import { resizeMask, type LabelMask } from '@atrous/data';
import { prepareInput, type FitPlan } from '@atrous/segmenter';
import type { Batch } from '@atrous/train';
import { UNPAINTED } from '../../paint/painting.ts';
import type { PaintedPhoto } from '../protocol.ts';

/** Larger photos take too much memory in a tab: every layer of the head is kept for the way back. */
const longestSide = 513;

/** The preprocessing for training: that of the bundle, for networks of any size with photos of at most 513 pixels a side. */
export const forTraining = (preprocessing: Preprocessing): Preprocessing => {
  const { fit } = preprocessing;
  if (fit.mode !== 'multiple') return preprocessing;
  return { ...preprocessing, fit: { ...fit, maxSide: Math.min(fit.maxSide ?? longestSide, longestSide) } };
};

/** Every photo as a batch of its own, as they may differ in size, followed by its mirror image. */
export async function preparePhotos(
  photos: readonly PaintedPhoto[],
  preprocessing: Preprocessing,
  options: LongRunningOptions,
): Promise<readonly Batch[]> {
  const batches: Batch[] = [];
  for (const photo of photos)
    for (const { image, mask } of [photo, mirrored(photo)]) {
      const { tensor, plan } = await prepareInput(image, preprocessing, options);
      batches.push({ images: tensor, labels: labelsOf(mask, plan) });
    }
  return batches;
}

/** The mask where the photo is in the network's input, nothing beside it. */
function labelsOf(mask: LabelMask, { input: [height, width], image }: FitPlan): Tensor {
  const resized = resizeMask(mask, image, 'halfPixel');
  const data = new Int32Array(height * width).fill(UNPAINTED);
  for (let y = 0; y < resized.height; y += 1)
    data.set(resized.data.subarray(y * resized.width, (y + 1) * resized.width), y * width);
  return { shape: [1, height, width], data };
}

function mirrored({ image, mask }: PaintedPhoto) {
  const canvas = new OffscreenCanvas(image.width, image.height);
  const context = canvas.getContext('2d');
  if (!context) throw new Error('this browser gives the worker no 2d canvas');
  context.setTransform(-1, 0, 0, 1, image.width, 0);
  context.drawImage(image, 0, 0);
  const data = new Uint8Array(mask.data.length);
  for (let y = 0; y < mask.height; y += 1)
    data.set(mask.data.slice(y * mask.width, (y + 1) * mask.width).reverse(), y * mask.width);
  return { image: canvas, mask: { ...mask, data } };
}
