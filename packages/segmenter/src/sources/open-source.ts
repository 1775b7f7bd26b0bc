import { DataError, type Tensor } from '@atrous/core';
import type { Decode } from './decode-with-bitmap.ts';
import { draw } from './draw.ts';
import { drawableOf } from './drawable-of.ts';
import type { Pixels } from './pixels.ts';
import { rgbaPixels, type RgbaLike } from './rgba-pixels.ts';
import { tensorPixels } from './tensor-pixels.ts';

/** Reads what was opened. */
export type ReadPixels = (signal?: AbortSignal) => Promise<Pixels>;

type Shaped = Readonly<Record<string, unknown>>;

const ACCEPTED =
  'File, Blob, Uint8Array or ArrayBuffer of an image file, ImageData, { width, height, data }, img, video, canvas, ' +
  'OffscreenCanvas, ImageBitmap, VideoFrame, tensor [h, w, 3] or [1, h, w, 3]';

function describe(source: unknown): string {
  if (typeof source === 'string') return 'a string';
  if (typeof source !== 'object' || source === null) return String(source);
  return Object.prototype.toString.call(source).slice(8, -1);
}

// Objects of other frames and workers fail `instanceof`, and not every platform has every class: tags and fields tell them apart.
const isBuffer = (source: object): source is ArrayBuffer =>
  ['[object ArrayBuffer]', '[object SharedArrayBuffer]'].includes(Object.prototype.toString.call(source));

const isBytes = (source: unknown): source is Uint8Array | Uint8ClampedArray =>
  ArrayBuffer.isView(source) &&
  ['Uint8Array', 'Uint8ClampedArray'].includes(Object.prototype.toString.call(source).slice(8, -1));

const isBlob = (source: Shaped): boolean => typeof source['arrayBuffer'] === 'function' && 'size' in source;

const isTensor = (source: Shaped): boolean => Array.isArray(source['shape']) && ArrayBuffer.isView(source['data']);

const isRgba = (source: Shaped): boolean =>
  typeof source['width'] === 'number' && typeof source['height'] === 'number' && isBytes(source['data']);

/**
 * Tells what a source is. Reads what may change at any time, such as a video, at once; leaves decoding for later.
 *
 * @throws DataError when it is nothing that can be segmented.
 */
export function openSource(source: unknown, decode: Decode): ReadPixels {
  const decoded = (file: Blob | Uint8Array): ReadPixels => {
    return async (signal) => rgbaPixels(await decode(file, signal));
  };
  const opened = (pixels: Pixels): ReadPixels => {
    return () => Promise.resolve(pixels);
  };
  if (typeof source === 'object' && source !== null) {
    if (isBuffer(source)) return decoded(new Uint8Array(source));
    if (isBytes(source) && Object.prototype.toString.call(source) === '[object Uint8Array]')
      return decoded(source as Uint8Array);
    const shaped = source as Shaped;
    if (isBlob(shaped)) return decoded(source as Blob);
    if (isTensor(shaped)) return opened(tensorPixels(source as Tensor));
    if (isRgba(shaped)) return opened(rgbaPixels(source as RgbaLike));
    const drawable = drawableOf(shaped);
    if (drawable) return opened(rgbaPixels(draw(drawable)));
  }
  throw new DataError(`${describe(source)} cannot be segmented, expected one of: ${ACCEPTED}`, {
    code: 'SOURCE_UNKNOWN',
    hint:
      typeof source === 'string'
        ? 'paths are read by `createSegmenter` of @atrous/segmenter/node; fetch addresses and give the Blob'
        : undefined,
  });
}
