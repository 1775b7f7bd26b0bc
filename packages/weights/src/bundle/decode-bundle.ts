import { WeightsError } from '@atrous/core';
import type { Bundle } from './bundle.ts';
import { loadBundle, MANIFEST_FILE, type LoadBundleOptions } from './load-bundle.ts';

function fileOf(files: ReadonlyMap<string, Uint8Array<ArrayBuffer>>, name: string): Uint8Array<ArrayBuffer> {
  const bytes = files.get(name);
  if (bytes !== undefined) return bytes;
  throw new WeightsError(`the bundle has no file "${name}", only ${[...files.keys()].join(', ')}`, {
    code: 'BUNDLE_FILE',
    hint: 'a bundle is a model.json and the weights that it names',
  });
}

/**
 * Reads a bundle from its files' bytes, as `encodeBundle` makes them: dropped on a page, or part of a program.
 *
 * @param files by name.
 * @throws WeightsError when a file is missing or damaged or does not fit the rest; with the signal's reason when aborted.
 */
export async function decodeBundle(
  files: ReadonlyMap<string, Uint8Array<ArrayBuffer>>,
  options: LoadBundleOptions = {},
): Promise<Bundle> {
  return loadBundle(
    {
      where: MANIFEST_FILE,
      manifest: async () => fileOf(files, MANIFEST_FILE),
      weights: async ({ file }) => fileOf(files, file),
    },
    options,
  );
}
