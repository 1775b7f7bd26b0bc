import type { Pads, Pair } from '@atrous/core';
import { pad, reshape, slice } from '@tensorflow/tfjs-core';
import type { Tensor4D } from '../../kernel.ts';

/** Pads where the amounts are positive and crops where they are negative. */
export function padOrCrop(x: Tensor4D, { top, bottom, left, right }: Pads): Tensor4D {
  const grow = [top, bottom, left, right].map((amount) => Math.max(amount, 0)) as [number, number, number, number];
  const padded = grow.some((amount) => amount > 0)
    ? pad(x, [
        [0, 0],
        [grow[0], grow[1]],
        [grow[2], grow[3]],
        [0, 0],
      ])
    : x;
  if (Math.min(top, bottom, left, right) >= 0) return padded;
  const [n, , , channels] = x.shape;
  const height = x.shape[1] + top + bottom;
  const width = x.shape[2] + left + right;
  return slice(padded, [0, Math.max(-top, 0), Math.max(-left, 0), 0], [n, height, width, channels]);
}

/**
 * Puts `stride − 1` rows or columns of zeros after every row or column.
 *
 * @param x `[n, h, w, c]`.
 * @returns `[n, h · strides[0], w · strides[1], c]`.
 */
export function insertZeros(x: Tensor4D, [down, across]: Pair): Tensor4D {
  const [n, height, width, channels] = x.shape;
  const after = (stride: number): [number, number][] => [
    [0, 0],
    [0, stride - 1],
    [0, 0],
  ];
  const columns = across === 1 ? x : pad(reshape(x, [n * height * width, 1, channels]), after(across)); // [n·h·w, across, c]
  const rows = down === 1 ? columns : pad(reshape(columns, [n * height, 1, width * across * channels]), after(down)); // [n·h, down, w·across·c]
  return reshape(rows, [n, height * down, width * across, channels]);
}
