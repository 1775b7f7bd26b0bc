import type { CrfImage } from '@atrous/crf';
import type { Pixels } from '../sources/pixels.ts';

/** Colours as the network saw them: transparent pixels on white, 8 bits each. */
export function crfImageOf(pixels: Pixels): CrfImage {
  const { width, height } = pixels;
  const data = new Uint8ClampedArray(width * height * 3);
  const row = new Float32Array(width * 3);
  for (let y = 0; y < height; y++) {
    pixels.readRow(y, row);
    data.set(row, y * row.length);
  }
  return { width, height, data };
}
