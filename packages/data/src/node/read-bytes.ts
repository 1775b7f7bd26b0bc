import { DataError } from '@atrous/core';
import { readFile } from 'node:fs/promises';

/**
 * Reads a file of a data set.
 *
 * @throws DataError `IMAGE_FILE` when it cannot be read; the signal's reason when aborted.
 */
export async function readBytes(path: string, signal?: AbortSignal): Promise<Uint8Array> {
  try {
    return await readFile(path, { signal });
  } catch (cause) {
    signal?.throwIfAborted();
    const isMissing = (cause as NodeJS.ErrnoException).code === 'ENOENT';
    throw new DataError(
      isMissing ? `there is no file ${path}` : `${path} cannot be read: ${(cause as Error).message}`,
      {
        code: 'IMAGE_FILE',
        hint: isMissing ? 'check the path' : undefined,
        cause,
      },
    );
  }
}
