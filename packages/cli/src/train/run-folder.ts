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

async function isEmpty(path: string): Promise<boolean> {
  try {
    return (await readdir(path)).length === 0;
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return true;
    throw error;
  }
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
  if (!isResumed && !(await isEmpty(path)))
    throw new UsageError(
      `${path} is not empty`,
      '--resume goes on with the run in it; or give another folder with --out',
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
