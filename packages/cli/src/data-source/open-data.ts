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

/** What is wrong with a description is wrong usage. */
async function asUsage<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    throw error instanceof DataError && USAGE.includes(error.code) ? asUsageError(error) : error;
  }
}

/**
 * A description that means the same anywhere: its folder absolute, and its split chosen.
 *
 * @throws UsageError when kind or options are unknown; DataError when folders are missing.
 */
export function resolveData(context: Context, data: DatasetSpec, usualSplit?: string): Promise<DatasetSpec> {
  const { path } = data;
  const spec = { ...data, path: path === undefined ? undefined : context.path(path) };
  return asUsage(async () => {
    const isUsual = usualSplit !== undefined && data.split === undefined && (await findSplits(spec)).length > 0;
    return isUsual ? { ...spec, split: usualSplit } : spec;
  });
}

/**
 * Opens labelled pictures.
 *
 * @throws UsageError when kind or options are unknown, or the labels are of other classes than the data's.
 * @throws DataError when folders or files are missing.
 */
export async function openData(context: Context, data: DatasetSpec, options: OpenDataOptions = {}): Promise<Dataset> {
  const { split, labels } = options;
  const spec = await resolveData(context, data, split);
  return asUsage(() => openDataset(spec, { labels }));
}
