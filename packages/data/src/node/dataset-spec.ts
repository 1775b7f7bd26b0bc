import { DataError } from '@atrous/core';
import { datasetKinds } from './kinds/dataset-kinds.ts';
import type { DatasetKind } from './kinds/define-dataset.ts';

/** A data set as a configuration names it, in JSON. */
export interface DatasetSpec {
  /** For example `camvid`; by default what the folders in `path` look like. */
  readonly kind?: string | undefined;
  /** Folder that it lies in; made-up data sets have none. */
  readonly path?: string | undefined;
  /** `train`, `val` …; by default everything that has labels. */
  readonly split?: string | undefined;
  /** Options of the kind. */
  readonly [option: string]: string | number | undefined;
}

/**
 * What a person typed: `camvid:DIR`, `street` or `street:SEED`, or `DIR` alone. A single letter before the colon is a drive.
 *
 * @throws DataError `DATASET_FOLDER` when there is no folder.
 */
export function parseDatasetSpec(typed: string, kinds: readonly DatasetKind[] = datasetKinds): DatasetSpec {
  const [name, seed = ''] = typed.split(':');
  const madeUp = kinds.find((kind) => kind.isMadeUp && kind.name === name);
  if (madeUp !== undefined && /^\d*$/.test(seed)) return { kind: madeUp.name, ...(seed && { seed: Number(seed) }) };
  const [, kind, path = ''] = /^(?:([a-z0-9][a-z0-9-]+):)?(.*)$/is.exec(typed) ?? [];
  if (path === '')
    throw new DataError(`the data set "${typed}" names no folder`, {
      code: 'DATASET_FOLDER',
      hint: `write it like ${kind ?? 'camvid'}:DIR`,
    });
  return kind === undefined ? { path } : { kind, path };
}

/** What a description says beyond kind, folder and split. */
export const ownOptions = (spec: DatasetSpec): Readonly<Record<string, string | number | undefined>> =>
  Object.fromEntries(Object.entries(spec).filter(([name]) => !['kind', 'path', 'split'].includes(name)));
