import { DataError } from '@atrous/core';
import { join } from 'node:path';
import type { DatasetSpec } from './dataset-spec.ts';
import { firstFolder } from './files/find-folder.ts';
import type { DatasetKind } from './kinds/define-dataset.ts';
import { voc } from './kinds/voc.ts';

function checkOption({ name: kind, options }: DatasetKind, name: string, value: unknown): void {
  if (value === undefined || name === 'kind') return;
  const types: DatasetKind['options'] = { path: 'text', split: 'text', ...options };
  const type = types[name];
  if (type === undefined)
    throw new DataError(`data sets of kind "${kind}" have no option "${name}"`, {
      code: 'DATASET_OPTION',
      hint: `they have ${Object.keys(types).join(', ')}`,
    });
  const fits = type === 'text' ? typeof value === 'string' : Number.isSafeInteger(value) && (value as number) >= 0;
  if (!fits)
    throw new DataError(`${name} of data set "${kind}" is ${JSON.stringify(value)}`, {
      code: 'DATASET_OPTION',
      hint: type === 'text' ? 'it is text' : 'it is a whole number',
    });
}

/** The kind whose folders there are; VOC's, which has the most imitators, when there are none that are known. */
async function recognise(path: string, kinds: readonly DatasetKind[]): Promise<DatasetKind> {
  for (const kind of kinds)
    if ((await firstFolder(kind.marks.map((mark) => join(path, mark)))) !== undefined) return kind;
  return voc;
}

/** @throws DataError `DATASET_KIND` listing the kinds. */
function named(name: string, kinds: readonly DatasetKind[]): DatasetKind {
  const kind = kinds.find((candidate) => candidate.name === name);
  if (kind !== undefined) return kind;
  throw new DataError(`there is no kind of data set "${name}"`, {
    code: 'DATASET_KIND',
    hint: `the kinds are:\n${kinds.map((candidate) => `  ${candidate.name}: ${candidate.description}`).join('\n')}`,
  });
}

/**
 * The kind of a data set, when all its options are ones of that kind.
 *
 * @throws DataError `DATASET_KIND` listing the kinds, `DATASET_OPTION` listing the options, `DATASET_FOLDER` without a folder.
 */
export async function kindOf(spec: DatasetSpec, kinds: readonly DatasetKind[]): Promise<DatasetKind> {
  const { path = '' } = spec;
  const kind = spec.kind === undefined ? await recognise(path, kinds) : named(spec.kind, kinds);
  if (!kind.isMadeUp && path === '')
    throw new DataError(`a data set of kind "${kind.name}" needs a folder`, {
      code: 'DATASET_FOLDER',
      hint: `write it like ${kind.name}:DIR`,
    });
  for (const [name, value] of Object.entries(spec)) checkOption(kind, name, value);
  return kind;
}
