import { randomUUID } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/** Writes a new file that is on the disk, not in a cache, when this returns. */
export async function writeDurably(path: string, bytes: Uint8Array): Promise<void> {
  const file = await open(path, 'wx');
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Windows cannot open folders; there the rename alone must do. */
export async function syncFolder(path: string): Promise<void> {
  const folder = await open(path).catch(() => undefined);
  await folder?.sync().catch(() => undefined);
  await folder?.close();
}

/** What a file that is not complete is called. */
const unfinished = (path: string): string => join(dirname(path), `.${basename(path)}-${randomUUID()}.tmp`);

/** Whether a name is that of a file which {@link replaceFile} could not finish, because its process was killed. */
export const isUnfinished = (name: string): boolean => /^\..+-[\da-f-]{36}\.tmp$/.test(name);

/**
 * Writes a file, all or nothing: whoever opens it, at any moment, finds the old content or the new one, after a loss of power too.
 *
 * The content is complete in a file beside it before that one takes the name.
 */
export async function replaceFile(path: string, bytes: Uint8Array): Promise<void> {
  const fresh = unfinished(path);
  try {
    await writeDurably(fresh, bytes);
    await rename(fresh, path);
    await syncFolder(dirname(path));
  } finally {
    await rm(fresh, { force: true });
  }
}
