import { segmenterWith } from './segmenter-with.ts';
import type { Segmenter, SegmenterOptions } from './segmenter.ts';
import { decodeWithBitmap } from './sources/decode-with-bitmap.ts';
import { openSource } from './sources/open-source.ts';

/**
 * Compiles a bundle's network into something that takes pictures and gives labels.
 *
 * Works on pages and in workers; files are decoded by the browser. In Node, `@atrous/segmenter/node` has the same function with a
 * decoder of its own.
 *
 * @throws ShapeError when the bundle's preprocessing does not fit its network; BackendError or WeightsError as the runtime's `compile`;
 * with the signal's reason when aborted.
 */
export const createSegmenter = (options: SegmenterOptions): Promise<Segmenter> =>
  segmenterWith((source) => openSource(source, decodeWithBitmap), options);
