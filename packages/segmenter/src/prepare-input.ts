import { createPace, type LongRunningOptions, type Preprocessing } from '@atrous/core';
import { toInput, type NetworkInput } from './fit/to-input.ts';
import { decodeWithBitmap } from './sources/decode-with-bitmap.ts';
import type { ImageSource } from './sources/image-source.ts';
import { openSource } from './sources/open-source.ts';

/**
 * Makes of a picture what a segmenter gives its network: for those who run the network themselves, to train it on exactly what it will see.
 *
 * @throws DataError when the source is nothing that can be segmented; ShapeError when the preprocessing's fit contradicts itself; with the
 * signal's reason when aborted.
 */
export async function prepareInput(
  source: ImageSource,
  preprocessing: Preprocessing,
  options: LongRunningOptions = {},
): Promise<NetworkInput> {
  options.signal?.throwIfAborted();
  const pixels = await openSource(source, decodeWithBitmap)(options.signal);
  return toInput(pixels, preprocessing, createPace('preprocess', options));
}
