import { DataError } from '@atrous/core';
import type { FileDataset } from './file-dataset.ts';
import { fileSample, type MaskReading } from './open-pair.ts';

/** Files of a data set, by id. */
export interface FilesById {
  readonly images: ReadonlyMap<string, string>;
  readonly masks: ReadonlyMap<string, string>;
}

const SHOWN = 5;

/** Says which files a data set lacks, when it lacks any. */
export function checkComplete(missing: readonly string[]): void {
  if (missing.length === 0) return;
  throw new DataError(
    `${missing.length} files of the data set are absent: ${missing.slice(0, SHOWN).join(', ')}${missing.length > SHOWN ? ' …' : ''}`,
    {
      code: 'DATASET_PAIR',
      hint: 'every image needs a mask of the same name; choose an image set whose files are all there',
    },
  );
}

/**
 * Pairs up images and masks of the same id.
 *
 * @param chosen ids; by default those of all masks.
 * @throws DataError `DATASET_PAIR` naming what is absent, `DATASET_EMPTY` when there are no pairs.
 */
export function pairFiles(
  { images, masks }: FilesById,
  reading: MaskReading,
  chosen?: readonly string[],
): Pick<FileDataset, 'samples' | 'unpaired'> {
  const ids = chosen ?? [...masks.keys()];
  checkComplete([
    ...ids.filter((id) => !images.has(id)).map((id) => `image of ${id}`),
    ...ids.filter((id) => !masks.has(id)).map((id) => `mask of ${id}`),
  ]);
  if (ids.length === 0) throw new DataError('the data set has no masks', { code: 'DATASET_EMPTY' });
  const samples = ids.map((id) => fileSample({ id, image: images.get(id)!, mask: masks.get(id)! }, reading));
  const unpaired = chosen === undefined ? [...images].filter(([id]) => !masks.has(id)).map(([, path]) => path) : [];
  return { samples, unpaired };
}
