import { WeightsError } from '@atrous/core';
import { readFile } from 'node:fs/promises';
import { readBytes as fetchBytes } from './read-bytes.ts';

/** Reads a file of this machine, or downloads one. */
export async function readBytes(url: URL, signal?: AbortSignal): Promise<Uint8Array<ArrayBuffer>> {
  if (url.protocol !== 'file:') return fetchBytes(url, signal);
  const bytes = await readFile(url).catch((cause: unknown) => {
    throw new WeightsError(`${url.pathname} cannot be read`, {
      code: 'BUNDLE_FILE',
      hint: 'install @atrous/street anew, or give the folder of its bundle as `from`',
      cause,
    });
  });
  signal?.throwIfAborted();
  return Uint8Array.from(bytes);
}
