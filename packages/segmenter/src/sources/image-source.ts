import type { Tensor } from '@atrous/core';
import type { RgbaLike } from './rgba-pixels.ts';

/**
 * What can be segmented everywhere the platform has it.
 *
 * - `Blob` (`File`), `Uint8Array` and `ArrayBuffer`: an encoded image, turned upright by its orientation tag
 * - `ImageData`, `RgbaImage` or anything of that shape
 * - whatever a canvas can draw: image, video and canvas elements, `OffscreenCanvas`, `ImageBitmap`, `VideoFrame`
 * - a tensor `[h, w, 3]` or `[1, h, w, 3]`: red, green, blue, 0 … 255
 *
 * Transparent pixels count as lying on white. What can be drawn is read when `segment` is called; files, arrays and tensors must not
 * be changed until it is done.
 */
export type ImageSource =
  | Blob
  | Uint8Array
  | ArrayBuffer
  | RgbaLike
  | HTMLImageElement
  | HTMLVideoElement
  | HTMLCanvasElement
  | OffscreenCanvas
  | ImageBitmap
  | VideoFrame
  | Tensor;
