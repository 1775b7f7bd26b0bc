import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { systemCode, UsageError } from '../errors.ts';
import { checkWritable } from '../files/write-output.ts';

/** Where a run writes what. */
export interface RunFolder {
  readonly path: string;
  readonly config: string;
  readonly log: string;
  readonly curves: string;
  readonly page: string;
  readonly board: string;
  readonly checkpoints: string;
  /** Bundle of the weights with the highest mean IoU. */
  readonly best: string;
  /** Bundle of the last weights. */
  readonly last: string;
}

async function namesIn(path: string): Promise<readonly string[]> {
  try {
    return await readdir(path);
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return [];
    throw error;
  }
}

/** What a run writes before its first checkpoint. */
const BEGINNINGS = new Set([
  'config.json',
  'log.jsonl',
  'curves.svg',
  'curves.html',
  'tensorboard',
  'checkpoints',
  'best',
]);

/** Whether there is nothing to lose: no file but those of a run that ended before its first checkpoint. */
async function isFree(path: string): Promise<boolean> {
  const names = await namesIn(path);
  return names.every((name) => BEGINNINGS.has(name)) && (await namesIn(join(path, 'checkpoints'))).length === 0;
}

/**
 * The files of a run.
 *
 * @throws UsageError when the folder holds something and the run does not go on with it.
 * @throws OutputError when nothing can be written there.
 */
export async function openRunFolder(path: string, isResumed: boolean): Promise<RunFolder> {
  const file = (name: string): string => join(path, name);
  const config = file('config.json');
  await checkWritable(config);
  if (!isResumed && !(await isFree(path)))
    throw new UsageError(
      `${path} is not empty`,
      '--resume goes on with a run in it; or give another folder with --out',
    );
  return {
    path,
    config,
    log: file('log.jsonl'),
    curves: file('curves.svg'),
    page: file('curves.html'),
    board: file('tensorboard'),
    checkpoints: file('checkpoints'),
    best: file('best'),
    last: file('last'),
  };
}
