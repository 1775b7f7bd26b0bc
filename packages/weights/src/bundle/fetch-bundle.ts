import { WeightsError, type LongRunningOptions } from '@atrous/core';
import type { Bundle } from './bundle.ts';
import { loadBundle, MANIFEST_FILE, MANIFEST_LIMIT, type LoadBundleOptions } from './load-bundle.ts';

export interface FetchBundleOptions extends LoadBundleOptions {
  /** Default: the global one. */
  readonly fetch?: typeof globalThis.fetch | undefined;
}

interface Download {
  readonly url: URL;
  /** More bytes than this are refused. */
  readonly limit: number;
  /** For progress; unknown when absent. */
  readonly total?: number | undefined;
}

async function request({ url }: Download, { fetch = globalThis.fetch, signal }: FetchBundleOptions): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(url.href, { signal: signal ?? null });
  } catch (cause) {
    signal?.throwIfAborted();
    throw new WeightsError(
      `${url.href} could not be fetched: ${cause instanceof Error ? cause.message : 'no answer'}`,
      {
        code: 'BUNDLE_FETCH',
        hint: 'check the address and the connection; a server of another origin must allow the page (CORS)',
        cause,
      },
    );
  }
  if (response.ok) return response;
  throw new WeightsError(`${url.href} answered ${`${response.status} ${response.statusText}`.trim()}`, {
    code: 'BUNDLE_FETCH',
    hint: 'give the address of a bundle: a folder, or the model.json in it',
  });
}

function join(chunks: readonly Uint8Array[], length: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(length);
  let offset = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, offset);
    offset += chunk.length;
  }
  return bytes;
}

async function* chunksOf({ body }: Response, { signal, onProgress }: LongRunningOptions, { url, total }: Download) {
  const reader = body?.getReader();
  const item = url.pathname.slice(url.pathname.lastIndexOf('/') + 1);
  let completed = 0;
  try {
    for (;;) {
      signal?.throwIfAborted();
      const { done, value } = (await reader?.read()) ?? { done: true, value: undefined };
      if (done) return;
      completed += value.length;
      yield value;
      onProgress?.({ phase: 'read', completed, total, item });
    }
  } finally {
    await reader?.cancel().catch(() => undefined);
  }
}

async function download(what: Download, options: FetchBundleOptions): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of chunksOf(await request(what, options), options, what)) {
    chunks.push(chunk);
    length += chunk.length;
    if (length > what.limit)
      throw new WeightsError(`${what.url.href} has more than the expected ${what.limit} bytes`, {
        code: 'BUNDLE_SIZE',
        hint: 'the file was replaced, or is something else: publish both files of the bundle again',
      });
  }
  return join(chunks, length);
}

function manifestUrl(address: string | URL): URL {
  try {
    const url = new URL(address, (globalThis.location as Location | undefined)?.href);
    if (!url.pathname.endsWith('.json')) url.pathname = `${url.pathname.replace(/\/$/, '')}/${MANIFEST_FILE}`;
    return url;
  } catch (cause) {
    throw new WeightsError(`"${String(address)}" is not an address`, {
      code: 'BUNDLE_FETCH',
      hint: 'give a whole one, with https://; bundles on disk are read with `readBundle` of @atrous/weights/node',
      cause,
    });
  }
}

/**
 * Downloads a bundle.
 *
 * Progress is in bytes, file by file; `total` is known for the weights.
 *
 * @param address of the bundle's folder or of its `model.json`; pages may give a relative one.
 * @throws WeightsError when a file cannot be had, is damaged, or does not fit the rest; with the signal's reason when aborted.
 */
export async function fetchBundle(address: string | URL, options: FetchBundleOptions = {}): Promise<Bundle> {
  const url = manifestUrl(address);
  return loadBundle(
    {
      where: url.href,
      manifest: () => download({ url, limit: MANIFEST_LIMIT }, options),
      weights: async ({ file, bytes: expected }) => {
        const bytes = await download({ url: new URL(file, url), limit: expected, total: expected }, options);
        if (bytes.length === expected) return bytes;
        throw new WeightsError(`${file} has ${bytes.length} bytes, model.json says ${expected}`, {
          code: 'BUNDLE_SIZE',
          hint: 'the download was cut short, or the file was replaced',
        });
      },
    },
    options,
  );
}
