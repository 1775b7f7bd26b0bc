import { DataError, type LabelMap } from '@atrous/core';
import { findSplits, openDataset, type Dataset, type DatasetSpec } from '@atrous/data/node';
import type { Context } from '../context.ts';
import { asUsageError } from './data-spec.ts';

/** What the reader of a data set wants. */
export interface OpenDataOptions {
  /** Split to read where the data set has splits and its description names none. */
  readonly split?: string | undefined;
  /** What the masks' values mean. Default: what the kind says. */
  readonly labels?: LabelMap | undefined;
}

/** What is wrong with a description rather than with files. */
const USAGE = ['DATASET_KIND', 'DATASET_OPTION', 'DATASET_CLASSES'];

async function open(spec: DatasetSpec, { split, labels }: OpenDataOptions): Promise<Dataset> {
  const isSplit = split !== undefined && spec.split === undefined && (await findSplits(spec)).length > 0;
  return openDataset(spec, { split: isSplit ? split : undefined, labels });
}

/**
 * Opens labelled pictures.
 *
 * @throws UsageError when kind or options are unknown, or the labels are of other classes than the data's.
 * @throws DataError when folders or files are missing.
 */
export async function openData(context: Context, data: DatasetSpec, options: OpenDataOptions = {}): Promise<Dataset> {
  const { path } = data;
  try {
    return await open({ ...data, path: path === undefined ? undefined : context.path(path) }, options);
  } catch (error) {
    throw error instanceof DataError && USAGE.includes(error.code) ? asUsageError(error) : error;
  }
}
