import { DataError } from '@atrous/core';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';

export const isFolder = (path: string): Promise<boolean> =>
  stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );

/** The first of several paths that is a folder. */
export async function firstFolder(paths: readonly string[]): Promise<string | undefined> {
  for (const path of paths) if (await isFolder(path)) return path;
  return undefined;
}

/**
 * Finds a folder of a data set under one of its usual names.
 *
 * @throws DataError `DATASET_FOLDER` when it has none of them.
 */
export async function findFolder(root: string, names: readonly string[], layout: string): Promise<string> {
  if (!(await isFolder(root)))
    throw new DataError(`there is no folder ${root}`, { code: 'DATASET_FOLDER', hint: 'check the path' });
  const found = await firstFolder(names.map((name) => join(root, name)));
  if (found !== undefined) return found;
  throw new DataError(`${root} has no folder ${names.join(' or ')}`, {
    code: 'DATASET_FOLDER',
    hint: `expected ${layout}`,
  });
}
