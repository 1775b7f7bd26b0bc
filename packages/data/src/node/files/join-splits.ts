import { DataError } from '@atrous/core';
import type { FileDataset } from './file-dataset.ts';

/**
 * Opens one split, or without a name all that are there as one data set.
 *
 * @throws DataError of the last split when none can be opened, and any that is not about its folder being absent.
 */
export async function joinSplits(
  split: string | undefined,
  splits: readonly string[],
  open: (split: string) => Promise<FileDataset>,
): Promise<FileDataset> {
  if (split !== undefined) return open(split);
  const found: FileDataset[] = [];
  let failure: unknown;
  for (const name of splits)
    try {
      found.push(await open(name));
    } catch (error) {
      if (!(error instanceof DataError && error.code === 'DATASET_FOLDER')) throw error;
      failure = error;
    }
  const [first] = found;
  if (first === undefined) throw failure;
  const unpaired = found.flatMap((part) => part.unpaired ?? []);
  return { labels: first.labels, samples: found.flatMap(({ samples }) => samples), unpaired };
}
