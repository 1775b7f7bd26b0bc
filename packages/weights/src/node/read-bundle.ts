import { WeightsError } from '@atrous/core';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import type { Bundle } from '../bundle/bundle.ts';
import { loadBundle, MANIFEST_FILE, MANIFEST_LIMIT, type LoadBundleOptions } from '../bundle/load-bundle.ts';

async function readFileOf(
  path: string,
  checkSize: (size: number) => void,
  { signal, onProgress }: LoadBundleOptions,
): Promise<Uint8Array<ArrayBuffer>> {
  const file = await open(path).catch((cause: unknown) => {
    throw new WeightsError(`${path} cannot be opened`, {
      code: 'BUNDLE_FILE',
      hint: 'give the folder of a bundle: it holds a model.json and its weights',
      cause,
    });
  });
  try {
    const { size } = await file.stat();
    checkSize(size);
    const bytes = new Uint8Array(size);
    for (let done = 0; done < size;) {
      signal?.throwIfAborted();
      const { bytesRead } = await file.read(bytes, done, Math.min(size - done, 16 * 1024 * 1024), done);
      if (bytesRead === 0) throw new WeightsError(`${path} became shorter while it was read`, { code: 'BUNDLE_SIZE' });
      done += bytesRead;
      onProgress?.({ phase: 'read', completed: done, total: size, item: path });
    }
    return bytes;
  } finally {
    await file.close();
  }
}

const checkManifestSize = (path: string) => (size: number) => {
  if (size > MANIFEST_LIMIT)
    throw new WeightsError(`${path} has ${size} bytes, a model.json has at most ${MANIFEST_LIMIT}`, {
      code: 'BUNDLE_SIZE',
    });
};

/**
 * Reads a bundle from a folder. Progress is in bytes, file by file.
 *
 * @throws WeightsError when a file is missing or damaged or does not fit the rest; with the signal's reason when aborted.
 */
export function readBundle(folder: string, options: LoadBundleOptions = {}): Promise<Bundle> {
  const where = join(folder, MANIFEST_FILE);
  return loadBundle(
    {
      where,
      manifest: () => readFileOf(where, checkManifestSize(where), options),
      weights: ({ file, bytes }) =>
        readFileOf(
          join(folder, file),
          (size) => {
            if (size === bytes) return;
            throw new WeightsError(`${join(folder, file)} has ${size} bytes, model.json says ${bytes}`, {
              code: 'BUNDLE_SIZE',
              hint: 'the copy was cut short, or the file was replaced',
            });
          },
          options,
        ),
    },
    options,
  );
}
