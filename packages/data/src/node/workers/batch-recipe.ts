import type { LabelMap } from '@atrous/core';
import type { TransformSpec } from '../../augment/transform-spec.ts';
import { transformOf } from '../../augment/transform-spec.ts';
import { createBatches, type Batches } from '../../batches/create-batches.ts';
import type { Normalisation } from '../../batches/normalise.ts';
import type { DatasetSpec } from '../dataset-spec.ts';
import { openDataset } from '../open-dataset.ts';

/** Everything that batches follow from, in JSON, so that it can be given to other threads. */
export interface BatchRecipe {
  readonly dataset: DatasetSpec;
  /** What the labels shall mean; by default what they mean in the data set. */
  readonly labels?: LabelMap | undefined;
  readonly normalisation: Normalisation;
  /** What happens to each sample, in this order; in the end all must have one size. */
  readonly transforms: readonly TransformSpec[];
  readonly batchSize: number;
  readonly seed: number;
}

/** The batches of a recipe, made in this thread. Throws as `openDataset` and `createBatches`. */
export async function batchesOf(recipe: BatchRecipe): Promise<Batches> {
  const { dataset, labels, normalisation, transforms, batchSize, seed } = recipe;
  return createBatches({
    dataset: await openDataset(dataset, { labels }),
    normalisation,
    transform: transformOf(transforms),
    batchSize,
    seed,
  });
}
