import type { LongRunningOptions } from '@atrous/core';
import { decodeBundle, type Bundle } from '@atrous/weights';
import { readBytes } from '#read-bytes';

/** Options of {@link streetBundle}. */
export interface StreetBundleOptions extends LongRunningOptions {
  /**
   * Folder of `model.json` and `weights.safetensors`, for programs whose bundler does not copy the package's files. Default: the package's own.
   */
  readonly from?: string | URL | undefined;
}

/** Bundlers recognise files that belong to a script by these very words. */
const OWN_FILES = {
  'model.json': () => new URL('../bundle/model.json', import.meta.url),
  'weights.safetensors': () => new URL('../bundle/weights.safetensors', import.meta.url),
};

/**
 * The network that Atrous brings along: DeepLab v3+ on a narrow MobileNetV2 for pictures of streets, CamVid's 11 classes, 320×240.
 *
 * It was trained on made-up streets only (`streetScene` of `@atrous/data`), so that it can be shipped under the licence of the code: good
 * for trying things out, for tests and as a start for training, not for real traffic.
 *
 * @throws WeightsError when the files cannot be had or are damaged; with the signal's reason when aborted.
 */
export async function streetBundle({ from, signal, onProgress }: StreetBundleOptions = {}): Promise<Bundle> {
  const files = new Map<string, Uint8Array<ArrayBuffer>>();
  for (const [name, own] of Object.entries(OWN_FILES)) {
    onProgress?.({ phase: 'read', completed: files.size, total: 2, item: name });
    const address = from === undefined ? own() : new URL(name, `${String(from).replace(/\/$/, '')}/`);
    files.set(name, await readBytes(address, signal));
  }
  onProgress?.({ phase: 'read', completed: 2, total: 2 });
  return decodeBundle(files, { signal });
}
