import { constants, type Stats } from 'node:fs';
import { access, mkdir, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { OutputError, systemCode } from '../errors.ts';

const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EROFS: 'the file system is read-only',
  ENOSPC: 'the disk is full',
  EISDIR: 'it is a folder',
  ENOTDIR: 'a part of the path is not a folder',
};

const reasonOf = (error: unknown): string => {
  const code = systemCode(error) ?? 'unknown reason';
  return REASONS[code] ?? code;
};

const statOrMissing = async (path: string): Promise<Stats | undefined> => {
  try {
    return await stat(path);
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return undefined;
    throw new OutputError(`cannot write ${path}: ${reasonOf(error)}`, { cause: error });
  }
};

/** The folder itself, or the nearest one above it that exists. */
async function existingAncestor(folder: string): Promise<string> {
  const found = await statOrMissing(folder);
  if (found === undefined) return existingAncestor(dirname(folder));
  if (!found.isDirectory()) throw new OutputError(`cannot write into ${folder}: it is not a folder`);
  return folder;
}

/**
 * Makes sure, before hours of work, that a file can be written later. Creates nothing.
 *
 * @throws OutputError when it cannot.
 */
export async function checkWritable(path: string): Promise<void> {
  const found = await statOrMissing(path);
  if (found?.isDirectory()) throw new OutputError(`cannot write ${path}: it is a folder`);
  const folder = await existingAncestor(dirname(path));
  try {
    await access(folder, constants.W_OK);
  } catch (error) {
    throw new OutputError(`cannot write into ${folder}: ${reasonOf(error)}`, { cause: error });
  }
}

/**
 * Writes a whole file or nothing: beside the target first, then renamed. Missing folders are made.
 *
 * @throws OutputError when the file cannot be written, and the signal's reason when it is aborted.
 */
export async function writeOutput(path: string, data: Uint8Array | string, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeFileAtomic(path, data);
  } catch (error) {
    throw new OutputError(`cannot write ${path}: ${reasonOf(error)}`, { cause: error });
  }
}
