import { DataError } from '@atrous/core';
import { decodeImage } from '@atrous/data/node';
import { fileURLToPath } from 'node:url';
import { segmenterWith } from '../segmenter-with.ts';
import type { Segmenter, SegmenterOptions } from '../segmenter.ts';
import type { ImageSource } from '../sources/image-source.ts';
import { openSource, type ReadPixels } from '../sources/open-source.ts';
import { rgbaPixels } from '../sources/rgba-pixels.ts';

/** What can be segmented in Node: everything that {@link ImageSource} lists and Node has, and paths of image files. */
export type NodeImageSource = ImageSource | string | URL;

// URLs of other contexts fail `instanceof`.
const isPath = (source: unknown): source is string | URL =>
  typeof source === 'string' || (typeof source === 'object' && source !== null && 'href' in source);

function toPath(source: string | URL): string {
  if (typeof source === 'string') return source;
  if (source.protocol === 'file:') return fileURLToPath(source.href);
  throw new DataError(`${source.href} is no file`, {
    code: 'SOURCE_UNKNOWN',
    hint: 'fetch it and give the bytes',
  });
}

function open(source: NodeImageSource): ReadPixels {
  if (isPath(source)) {
    const path = toPath(source);
    return async (signal) => rgbaPixels(await decodeImage(path, { signal }));
  }
  return openSource(source, async (file, signal) =>
    decodeImage('arrayBuffer' in file ? new Uint8Array(await file.arrayBuffer()) : file, { signal }),
  );
}

/**
 * Compiles a bundle's network into something that takes pictures and gives labels; also takes paths and encoded images.
 *
 * @throws ShapeError when the bundle's preprocessing does not fit its network; BackendError or WeightsError as the runtime's `compile`;
 * with the signal's reason when aborted.
 */
export const createSegmenter = (options: SegmenterOptions): Promise<Segmenter<NodeImageSource>> =>
  segmenterWith(open, options);
