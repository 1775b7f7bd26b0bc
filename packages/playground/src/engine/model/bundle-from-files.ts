import type { LongRunningOptions } from '@atrous/core';
import { WeightsError } from '@atrous/core';
import { fetchBundle, type Bundle } from '@atrous/weights';

/**
 * Loads a bundle from the files of it.
 *
 * @throws WeightsError when one of them is missing.
 */
export function bundleFromFiles(files: readonly File[], options: LongRunningOptions): Promise<Bundle> {
  const byName = new Map(files.map((file) => [file.name, file]));
  if (byName.size < 2)
    throw new WeightsError(`a bundle is two files, got ${[...byName.keys()].join(', ')}`, {
      code: 'BUNDLE_FILES',
      hint: 'choose or drop model.json and weights.safetensors together, or their folder',
    });
  const fetchFile = async (address: URL | RequestInfo) => {
    const name = new URL(address instanceof Request ? address.url : address).pathname.slice(1);
    const file = byName.get(decodeURIComponent(name));
    return file ? new Response(file) : new Response(null, { status: 404, statusText: `${name} was not chosen` });
  };
  // The address only names the files; nothing is fetched from it.
  return fetchBundle('https://files.invalid/model.json', { ...options, fetch: fetchFile });
}
