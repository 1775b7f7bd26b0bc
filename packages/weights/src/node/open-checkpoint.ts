import { AtrousError, UnsupportedError, WeightsError } from '@atrous/core';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { readCheckpoint } from '../formats/read-checkpoint.ts';
import { readNpy } from '../formats/read-npy.ts';
import type { Checkpoint, StoredTensor } from '../stored-tensor.ts';

/** Names the file in errors of readers, which see bytes only. */
function about(path: string, cause: unknown): unknown {
  if (!(cause instanceof AtrousError) || cause.message.includes(path)) return cause;
  const { code, hint } = cause;
  const Kind = cause instanceof UnsupportedError ? UnsupportedError : WeightsError;
  return new Kind(`${path}: ${cause.message}`, { code, hint, cause });
}

async function readWhole(path: string): Promise<Uint8Array> {
  try {
    return await readFile(path);
  } catch (cause) {
    throw new WeightsError(`${path} cannot be read: ${(cause as Error).message}`, { code: 'CHECKPOINT_FILE', cause });
  }
}

async function readFolder(path: string): Promise<Checkpoint> {
  const names = (await readdir(path)).filter((name) => name.endsWith('.npy')).toSorted();
  if (names.length === 0)
    throw new WeightsError(`${path} is a folder without .npy files`, {
      code: 'CHECKPOINT_FORMAT',
      hint: 'give a checkpoint file, or a folder with one .npy file per tensor',
    });
  const tensors = new Map<string, StoredTensor>();
  for (const name of names) {
    const file = join(path, name);
    try {
      tensors.set(name.slice(0, -'.npy'.length), readNpy(await readWhole(file)));
    } catch (cause) {
      throw about(file, cause);
    }
  }
  return { format: 'folder of npy', tensors, metadata: {} };
}

/**
 * Opens a checkpoint: a file whose format is told by its content, or a folder with one `.npy` file per tensor.
 *
 * @throws WeightsError when there is none, or it is broken or nothing known.
 * @throws UnsupportedError when it is of a known format that is not read.
 */
export async function openCheckpoint(path: string): Promise<Checkpoint> {
  const found = await stat(path).catch((cause: unknown) => {
    throw new WeightsError(`there is no checkpoint at ${path}`, {
      code: 'CHECKPOINT_FILE',
      hint: 'check the path',
      cause,
    });
  });
  if (found.isDirectory()) return readFolder(path);
  const bytes = await readWhole(path);
  try {
    return readCheckpoint(bytes, path);
  } catch (cause) {
    throw about(path, cause);
  }
}
