import type { LabelMap } from '@atrous/core';
import { camvid, streetDataset, type Dataset } from '@atrous/data';
import { camvidDataset, vocDataset } from '@atrous/data/node';
import type { Context } from '../context.ts';
import { UsageError } from '../errors.ts';
import type { DataSpec } from './data-spec.ts';

/** What the reader of a data set wants. */
export interface OpenDataOptions {
  /** Split to read where the data set's description names none. */
  readonly split?: string | undefined;
  /** What the masks' values mean. Default: what the kind says. */
  readonly labels?: LabelMap | undefined;
}

function checkLabels(known: LabelMap, wanted: LabelMap | undefined): void {
  if (wanted === undefined || wanted.classes.length === known.classes.length) return;
  throw new UsageError(
    `the labels "${wanted.name}" have ${wanted.classes.length} classes, the data has the ${known.classes.length} of "${known.name}"`,
    'choose data and network of the same classes',
  );
}

/**
 * Opens labelled pictures. CamVid is read as SegNet's authors published it: folders `train` and `trainannot`, `val` and `valannot`.
 *
 * @throws UsageError when the labels have another number of classes than the data.
 * @throws DataError when folders or files are missing.
 */
export async function openData(context: Context, data: DataSpec, options: OpenDataOptions = {}): Promise<Dataset> {
  const { labels } = options;
  switch (data.kind) {
    case 'street':
      checkLabels(camvid, labels);
      return streetDataset(data);
    case 'voc':
      return vocDataset(context.path(data.path), { split: data.split ?? options.split, labels });
    case 'camvid': {
      checkLabels(camvid, labels);
      const split = data.split ?? options.split ?? 'train';
      return camvidDataset(context.path(data.path), { split });
    }
    default:
      return data satisfies never;
  }
}
