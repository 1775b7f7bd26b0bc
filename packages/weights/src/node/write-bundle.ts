import { WeightsError } from '@atrous/core';
import { randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import type { Bundle } from '../bundle/bundle.ts';
import { encodeBundle, WEIGHTS_FILE } from '../bundle/encode-bundle.ts';
import { MANIFEST_FILE } from '../bundle/load-bundle.ts';
import { syncFolder, writeDurably } from './durable-files.ts';
import type { EncodeBundleOptions } from '../bundle/weights-dtype.ts';

async function isBundleManifest(path: string): Promise<boolean> {
  try {
    const content = JSON.parse(await readFile(path, 'utf8')) as { readonly format?: unknown } | null;
    return content?.format === 'atrous-bundle';
  } catch {
    return false;
  }
}

/** Whether there is a folder that may be replaced: an empty one, or a bundle and nothing else. */
async function checkTarget(folder: string): Promise<boolean> {
  const names = await readdir(folder).catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === 'ENOENT') return undefined;
    throw new WeightsError(`${folder} cannot be written: ${cause.message}`, {
      code: 'BUNDLE_TARGET',
      hint: 'a bundle is a folder: give the path of one, or of one to be made',
      cause,
    });
  });
  if (names === undefined) return false;
  const others = names.filter((name) => name !== MANIFEST_FILE && name !== WEIGHTS_FILE);
  const owned = names.length === 0 || (await isBundleManifest(join(folder, MANIFEST_FILE)));
  if (owned && others.length === 0) return true;
  throw new WeightsError(`${folder} already holds ${others[0] ?? names.join(', ')}, which is not part of a bundle`, {
    code: 'BUNDLE_TARGET',
    hint: 'give a new folder, or remove this one first',
  });
}

async function replaceFolder(folder: string, fresh: string): Promise<void> {
  const old = `${fresh}-old`;
  await rename(folder, old);
  try {
    await rename(fresh, folder);
  } catch (cause) {
    await rename(old, folder);
    throw cause;
  }
  await rm(old, { recursive: true, force: true });
}

/**
 * Writes a bundle as a folder, all or nothing: both files are complete in a folder beside it before that one takes the name.
 *
 * A bundle that is already there is replaced; a folder that holds anything else is left alone.
 *
 * @throws WeightsError when the folder holds something that is not a bundle (`BUNDLE_TARGET`), or the disk refuses (`BUNDLE_WRITE`).
 */
export async function writeBundle(folder: string, bundle: Bundle, options: EncodeBundleOptions = {}): Promise<void> {
  const target = resolve(folder);
  const exists = await checkTarget(target);
  const files = await encodeBundle(bundle, options);
  const parent = dirname(target);
  const fresh = join(parent, `.${basename(target)}-${randomUUID()}`);
  try {
    await mkdir(fresh, { recursive: true });
    for (const [name, bytes] of files) await writeDurably(join(fresh, name), bytes);
    await syncFolder(fresh);
    await (exists ? replaceFolder(target, fresh) : rename(fresh, target));
    await syncFolder(parent);
  } catch (cause) {
    throw new WeightsError(`${folder} cannot be written: ${(cause as Error).message}`, {
      code: 'BUNDLE_WRITE',
      hint: 'check the path, its permissions and the free space',
      cause,
    });
  } finally {
    await rm(fresh, { recursive: true, force: true });
  }
}
