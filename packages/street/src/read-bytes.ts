import { WeightsError } from '@atrous/core';

/** Downloads a file. */
export async function readBytes(url: URL, signal?: AbortSignal): Promise<Uint8Array<ArrayBuffer>> {
  const failed = (why: string, cause?: unknown): WeightsError =>
    new WeightsError(`${url.href} could not be fetched: ${why}`, {
      code: 'BUNDLE_FETCH',
      hint: 'serve the files of @atrous/street/bundle and give their folder as `from`',
      cause,
    });
  const response = await fetch(url, { signal: signal ?? null }).catch((cause: unknown) => {
    signal?.throwIfAborted();
    throw failed('no answer', cause);
  });
  if (!response.ok) throw failed(`the server answered ${response.status}`);
  return new Uint8Array(await response.arrayBuffer());
}
