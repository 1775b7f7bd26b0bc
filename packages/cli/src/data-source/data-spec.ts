import { DataError } from '@atrous/core';
import { datasetKinds, parseDatasetSpec, type DatasetSpec } from '@atrous/data/node';
import { unknownName, UsageError } from '../errors.ts';

/** Kinds of data sets that lie in folders. */
export const FOLDER_KINDS: readonly string[] = datasetKinds.filter(({ isMadeUp }) => !isMadeUp).map(({ name }) => name);

/** Scenes of `street` when nothing else is said. */
export const STREET = { kind: 'street', seed: 1, count: 1000 } as const;

/** The same error as one of usage: what was typed is to blame. */
export const asUsageError = ({ message, hint }: DataError): UsageError => new UsageError(message, hint);

/**
 * What a person typed: `street`, `street:SEED`, `camvid:DIR`, or `DIR` alone when its folders tell the kind. A single letter before the colon is a
 * drive.
 *
 * @throws UsageError when the kind is not known or there is no folder.
 */
export function parseDataSpec(typed: string, split?: string): DatasetSpec {
  try {
    const spec = parseDatasetSpec(typed);
    if (spec.kind === STREET.kind) return { ...STREET, ...spec };
    if (spec.kind !== undefined && !FOLDER_KINDS.includes(spec.kind))
      throw unknownName('data kind', spec.kind, ['street', ...FOLDER_KINDS]);
    return split === undefined ? spec : { ...spec, split };
  } catch (error) {
    throw error instanceof DataError ? asUsageError(error) : error;
  }
}
