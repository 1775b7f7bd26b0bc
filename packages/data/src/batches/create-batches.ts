import { createRandom, DataError, ShapeError, type LabelMap, type Tensor } from '@atrous/core';
import type { Dataset, DatasetSample, LabelledImage } from '../dataset.ts';
import type { Transform } from '../augment/transform.ts';
import { createOrder } from './create-order.ts';
import { normaliseInto, type Normalisation } from './normalise.ts';

/** Images and labels of one step. */
export interface Batch {
  /** `[n, h, w, 3]` float32, normalised. */
  readonly images: Tensor;
  /** Class ids `[n, h, w]`, int32. */
  readonly labels: Tensor;
}

/** Batches by step. The same step always has the same batch. */
export interface Batches {
  readonly labels: LabelMap;
  /** Steps in which every image is seen once on average. */
  readonly stepsPerEpoch: number;
  batch(step: number, options?: { readonly signal?: AbortSignal | undefined }): Promise<Batch>;
}

/** Options of {@link createBatches}. */
export interface BatchesOptions {
  readonly dataset: Dataset;
  readonly normalisation: Normalisation;
  /** What happens to each sample; in the end all must have one size. */
  readonly transform: Transform;
  readonly batchSize: number;
  /** A whole number that all choices follow from. */
  readonly seed: number;
}

/** Puts samples of one size together. */
export function toBatch(samples: readonly LabelledImage[], normalisation: Normalisation): Batch {
  const { width, height } = samples[0]!.image;
  const images = new Float32Array(samples.length * height * width * 3);
  const labels = new Int32Array(samples.length * height * width);
  for (const [index, { image, mask }] of samples.entries()) {
    if (image.width !== width || image.height !== height)
      throw new ShapeError(`a batch cannot hold ${width}×${height} and ${image.width}×${image.height} pixels`, {
        hint: 'end the transforms with a crop to one size',
      });
    normaliseInto(images, index * height * width * 3, image, normalisation);
    labels.set(mask.data, index * height * width);
  }
  return {
    images: { shape: [samples.length, height, width, 3], data: images },
    labels: { shape: [samples.length, height, width], data: labels },
  };
}

/**
 * Batches of a data set for training: shuffled anew in every epoch, each sample transformed at random. Everything follows from the seed and
 * the step, so that a run can go on at any step.
 *
 * @throws DataError `DATASET_EMPTY` when there are no samples.
 */
export function createBatches(options: BatchesOptions): Batches {
  const { dataset, normalisation, transform, batchSize, seed } = options;
  const { labels, samples } = dataset;
  if (samples.length === 0)
    throw new DataError('the data set has no images', { code: 'DATASET_EMPTY', hint: 'check the name of the split' });
  if (!Number.isInteger(batchSize) || batchSize < 1)
    throw new ShapeError(`a batch cannot have ${batchSize} images`, { code: 'OPTION' });
  const indexAt = createOrder(samples.length, seed);
  return {
    labels,
    stepsPerEpoch: Math.ceil(samples.length / batchSize),
    async batch(step, { signal } = {}) {
      const transformed = Array.from({ length: batchSize }, async (_, i) => {
        const place = step * batchSize + i;
        const sample = samples[indexAt(place)] as DatasetSample;
        return transform(await sample.open({ signal }), createRandom(seed, 'augment', place));
      });
      return toBatch(await Promise.all(transformed), normalisation);
    },
  };
}
