import type { Dataset } from '../dataset.ts';
import { ownOptions, parseDatasetSpec, type DatasetSpec } from './dataset-spec.ts';
import { kindOf } from './kind-of.ts';
import { datasetKinds } from './kinds/dataset-kinds.ts';
import type { DatasetKind, OpenOptions } from './kinds/define-dataset.ts';
import { relabel } from './relabel.ts';

/** Options of {@link openDataset}. */
export interface OpenDatasetOptions extends OpenOptions {
  /** Kinds that are known; all of this package by default. */
  readonly kinds?: readonly DatasetKind[] | undefined;
}

/**
 * Opens a data set by the name of its kind.
 *
 * @param source `camvid:DIR`, `street`, `DIR` alone when its folders tell the kind, or the same in JSON with a split and options of the kind.
 * @returns samples that read their files when they are opened; those in files have the paths `image` and `mask` too.
 * @throws DataError `DATASET_KIND`, `DATASET_OPTION`, `DATASET_FOLDER`, `DATASET_SPLIT`, `DATASET_PAIR`, `DATASET_EMPTY`, and
 * `DATASET_CLASSES` when it has other classes than `labels`.
 */
export async function openDataset(source: string | DatasetSpec, options: OpenDatasetOptions = {}): Promise<Dataset> {
  const { kinds = datasetKinds, labels } = options;
  const spec = typeof source === 'string' ? parseDatasetSpec(source, kinds) : source;
  const kind = await kindOf(spec, kinds);
  const { path = '', split = options.split } = spec;
  const dataset = await kind.open(path, { ...ownOptions(spec), split, labels });
  return labels === undefined ? dataset : relabel(dataset, labels);
}
