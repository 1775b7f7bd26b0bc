import { DataError } from '@atrous/core';
import { ownOptions, parseDatasetSpec, type DatasetSpec } from './dataset-spec.ts';
import { kindOf } from './kind-of.ts';
import { datasetKinds } from './kinds/dataset-kinds.ts';
import type { OpenDatasetOptions } from './open-dataset.ts';

/** What an opener says of a split that is not there; one with files missing is. */
const ABSENT = ['DATASET_SPLIT', 'DATASET_FOLDER'];

/**
 * The splits that a data set has, of those that are usual for its kind: `['train', 'val']`.
 *
 * @throws DataError as `openDataset`, except for what is absent.
 */
export async function findSplits(
  source: string | DatasetSpec,
  { kinds = datasetKinds }: Pick<OpenDatasetOptions, 'kinds'> = {},
): Promise<readonly string[]> {
  const spec = typeof source === 'string' ? parseDatasetSpec(source, kinds) : source;
  const kind = await kindOf(spec, kinds);
  const isThere = (split: string): Promise<boolean> =>
    kind.open(spec.path ?? '', { ...ownOptions(spec), split }).then(
      () => true,
      (error: unknown) => {
        if (!(error instanceof DataError)) throw error;
        if (ABSENT.includes(error.code)) return false;
        if (error.code === 'DATASET_PAIR' || error.code === 'DATASET_EMPTY') return true;
        throw error;
      },
    );
  const there = await Promise.all(kind.splits.map(isThere));
  return kind.splits.filter((_name, index) => there[index]);
}
