import type { Pair } from '@atrous/core';
import { stridedSlice } from '@tensorflow/tfjs-core';
import type { Tensor4D } from '../../kernel.ts';
import type { ConvolutionGeometry } from '../training-kernels.ts';

/** Positions in a kernel, row by row. */
export const tapsOf = ([height, width]: Pair): readonly Pair[] =>
  Array.from({ length: height * width }, (_, i) => [Math.floor(i / width), i % width]);

/**
 * What one tap of a convolution reads: one pixel for each pixel of the output.
 *
 * @param padded the input with its padding.
 * @param size height and width of the output.
 * @returns `[n, height, width, c]`.
 */
export function readTap(
  padded: Tensor4D,
  [row, column]: Pair,
  [height, width]: Pair,
  { strides, atrousRate }: Pick<ConvolutionGeometry, 'strides' | 'atrousRate'>,
): Tensor4D {
  const [n, , , channels] = padded.shape;
  const [top, left] = [row * atrousRate[0], column * atrousRate[1]];
  const end = [n, top + (height - 1) * strides[0] + 1, left + (width - 1) * strides[1] + 1, channels];
  return stridedSlice(padded, [0, top, left, 0], end, [1, ...strides, 1]) as Tensor4D;
}
