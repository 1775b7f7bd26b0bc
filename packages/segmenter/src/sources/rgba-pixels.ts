import { DataError } from '@atrous/core';
import type { RgbaImage } from '@atrous/data';
import { checkSize } from './check-size.ts';
import type { Pixels } from './pixels.ts';

/** What `ImageData` and `RgbaImage` have in common, and what image libraries for Node return. */
export interface RgbaLike {
  readonly width: number;
  readonly height: number;
  /** `[height, width, 4]`: red, green, blue and alpha, 0 … 255, alpha not multiplied in. */
  readonly data: Uint8ClampedArray | Uint8Array;
}

const clamped = (data: RgbaLike['data']): Uint8ClampedArray =>
  data instanceof Uint8ClampedArray ? data : new Uint8ClampedArray(data.buffer, data.byteOffset, data.byteLength);

/** Transparent pixels are put on white, as `decodeImage` does. */
export function rgbaPixels({ width, height, data }: RgbaLike): Pixels {
  checkSize('image', width, height);
  if (data.length !== width * height * 4)
    throw new DataError(`an RGBA image of ${width}×${height} has ${width * height * 4} bytes, got ${data.length}`, {
      code: 'SOURCE_SIZE',
      hint: 'give four bytes per pixel, or a tensor `[h, w, 3]` for three',
    });
  return {
    width,
    height,
    readRow(y, into) {
      let read = y * width * 4;
      for (let index = 0; index < width * 3; index += 3, read += 4) {
        const alpha = (data[read + 3] as number) / 255;
        const white = 255 * (1 - alpha);
        for (let channel = 0; channel < 3; channel++) {
          const value = data[read + channel] as number;
          into[index + channel] = alpha === 1 ? value : Math.round(value * alpha + white);
        }
      }
    },
    image: (): RgbaImage => ({ width, height, data: clamped(data) }),
  };
}
