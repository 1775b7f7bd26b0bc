import { WeightsError } from '@atrous/core';
import { encodeBundle, type Bundle } from '@atrous/weights';
import { unzipSync, zipSync } from 'fflate';

/** A bundle as one file: a ZIP of its two, not compressed, as weights hardly shrink. */
export const bundleToZip = async (bundle: Bundle): Promise<Uint8Array<ArrayBuffer>> =>
  zipSync(Object.fromEntries(await encodeBundle(bundle)), { level: 0 });

/**
 * The files in a ZIP, without their folders.
 *
 * @throws WeightsError when it is none, or broken.
 */
export async function unzip(file: File): Promise<readonly File[]> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  try {
    return Object.entries(unzipSync(bytes)).map(
      ([path, content]) => new File([content], path.slice(path.lastIndexOf('/') + 1)),
    );
  } catch (cause) {
    throw new WeightsError(`${file.name} cannot be unzipped`, {
      code: 'BUNDLE_FILES',
      hint: 'download it again, or unzip it and choose its files',
      cause,
    });
  }
}
