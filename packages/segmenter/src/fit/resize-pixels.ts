import type { Pace, Pair } from '@atrous/core';
import type { Pixels } from '../sources/pixels.ts';
import { filterTaps, type FilterTaps } from './filter-taps.ts';

/** Rows of red, green and blue. */
export type PixelRows = Pick<Pixels, 'width' | 'height' | 'readRow'>;

function resizeRow(row: Float32Array, { first, count, weights, stride }: FilterTaps, into: Uint8Array): void {
  for (let out = 0; out < first.length; out++) {
    let read = (first[out] as number) * 3;
    let red = 0.5;
    let green = 0.5;
    let blue = 0.5;
    const from = out * stride;
    const to = from + (count[out] as number);
    for (let tap = from; tap < to; tap++, read += 3) {
      const weight = weights[tap] as number;
      red += weight * (row[read] as number);
      green += weight * (row[read + 1] as number);
      blue += weight * (row[read + 2] as number);
    }
    // The array drops what follows the point.
    into[out * 3] = Math.max(0, Math.min(255, red));
    into[out * 3 + 1] = Math.max(0, Math.min(255, green));
    into[out * 3 + 2] = Math.max(0, Math.min(255, blue));
  }
}

function addRow(row: Uint8Array, weight: number, sums: Float64Array): void {
  for (let index = 0; index < row.length; index++)
    sums[index] = (sums[index] as number) + weight * (row[index] as number);
}

/** Narrows or widens every row. The result takes a byte per number. */
async function resizeRows(pixels: PixelRows, width: number, pace: Pace): Promise<Uint8Array> {
  const rows = new Uint8Array(pixels.height * width * 3);
  const row = new Float32Array(pixels.width * 3);
  const taps = filterTaps(pixels.width, width);
  for (let y = 0; y < pixels.height; y++) {
    pixels.readRow(y, row);
    resizeRow(row, taps, rows.subarray(y * width * 3, (y + 1) * width * 3));
    const pause = pace(y, pixels.height);
    if (pause) await pause;
  }
  return rows;
}

/**
 * Resizes by antialiased bilinear interpolation, columns first, with results rounded to whole numbers after either direction:
 * equal to Pillow's `resize(size, BILINEAR)` to the last bit.
 *
 * @param size height and width of the result.
 */
export async function resizePixels(pixels: PixelRows, [height, width]: Pair, pace: Pace): Promise<PixelRows> {
  if (height === pixels.height && width === pixels.width) return pixels;
  const rows = await resizeRows(pixels, width, pace);
  const { first, count, weights, stride } = filterTaps(pixels.height, height);
  const sums = new Float64Array(width * 3);
  return {
    width,
    height,
    readRow(y, into) {
      sums.fill(0.5);
      for (let tap = 0; tap < (count[y] as number); tap++) {
        const from = ((first[y] as number) + tap) * width * 3;
        addRow(rows.subarray(from, from + width * 3), weights[y * stride + tap] as number, sums);
      }
      for (let index = 0; index < sums.length; index++)
        into[index] = Math.max(0, Math.min(255, Math.floor(sums[index] as number)));
    },
  };
}
