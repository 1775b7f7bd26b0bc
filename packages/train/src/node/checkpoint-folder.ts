import { AtrousError, ShapeError } from '@atrous/core';
import { isUnfinished, replaceFile } from '@atrous/weights/node';
import { mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { decodeCheckpoint, encodeCheckpoint } from '../checkpoint/encode-checkpoint.ts';
import type { TrainingCheckpoint } from '../checkpoint/training-checkpoint.ts';
import { TrainingError } from '../loop/training-error.ts';

/** Options of {@link openCheckpointFolder}. */
export interface CheckpointFolderOptions {
  /** How many checkpoints stay; the oldest go. Default 3. */
  readonly keep?: number | undefined;
}

/** The checkpoints of one run. */
export interface CheckpointFolder {
  /** Writes a checkpoint, all or nothing, and returns its path. Killed at any moment, the checkpoints before it are whole. */
  readonly save: (checkpoint: TrainingCheckpoint) => Promise<string>;
  /**
   * The checkpoint of the most steps; `undefined` when there is none yet.
   *
   * @throws TrainingError `CHECKPOINT_FILE` when it is damaged.
   */
  readonly latest: () => Promise<TrainingCheckpoint | undefined>;
}

const NAME = /^step-(\d{8,})\.safetensors$/;

const nameOf = (step: number): string => `step-${String(step).padStart(8, '0')}.safetensors`;

const stepOf = (name: string): number => Number(NAME.exec(name)?.[1]);

/** Names of checkpoints, the one of the most steps first. */
async function checkpointsIn(folder: string): Promise<readonly string[]> {
  return (await readdir(folder)).filter((name) => NAME.test(name)).toSorted((a, b) => stepOf(b) - stepOf(a));
}

/** Removes all but the last checkpoints up to a step. */
async function removeOld(folder: string, step: number, keep: number): Promise<void> {
  const before = (await checkpointsIn(folder)).filter((name) => stepOf(name) <= step);
  for (const name of before.slice(keep)) await rm(join(folder, name), { force: true });
}

const failed = (path: string, what: string, cause: unknown, hint: string): TrainingError =>
  new TrainingError(`${path} ${what}: ${cause instanceof AtrousError ? cause.message : (cause as Error).message}`, {
    code: 'CHECKPOINT_FILE',
    hint,
    cause,
  });

async function read(path: string): Promise<TrainingCheckpoint> {
  try {
    return decodeCheckpoint(await readFile(path));
  } catch (cause) {
    throw failed(path, 'cannot be read', cause, 'move it away to go on from the checkpoint before it');
  }
}

/**
 * Opens a folder for the checkpoints of a run, which is made when it is missing. What a killed process left unfinished there is removed, so
 * only one run may use it at a time.
 */
export async function openCheckpointFolder(
  folder: string,
  { keep = 3 }: CheckpointFolderOptions = {},
): Promise<CheckpointFolder> {
  if (!Number.isInteger(keep) || keep < 1)
    throw new ShapeError(`keep must be whole and at least 1, got ${keep}`, { code: 'OPTION' });
  const write = async <T>(path: string, work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (cause) {
      throw failed(path, 'cannot be written', cause, 'check the path, its permissions and the free space');
    }
  };
  await write(folder, async () => {
    await mkdir(folder, { recursive: true });
    for (const name of await readdir(folder)) if (isUnfinished(name)) await rm(join(folder, name), { force: true });
  });
  return {
    async save(checkpoint) {
      const path = join(folder, nameOf(checkpoint.step));
      await write(path, async () => {
        await replaceFile(path, encodeCheckpoint(checkpoint));
        await removeOld(folder, checkpoint.step, keep);
      });
      return path;
    },
    async latest() {
      const [newest] = await checkpointsIn(folder);
      return newest === undefined ? undefined : read(join(folder, newest));
    },
  };
}
