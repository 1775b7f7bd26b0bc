import type { OpAttrs } from '@atrous/core';
import { add, gather, mul, reshape, slice, stridedSlice, tensor1d } from '@tensorflow/tfjs-core';
import type { Tensor4D } from '../kernel.ts';

/** Channel `c·multiplier + m` of the result reads channel `c`. */
export function repeatChannels(x: Tensor4D, multiplier: number): Tensor4D {
  if (multiplier === 1) return x;
  const channels = Int32Array.from({ length: x.shape[3] * multiplier }, (_, i) => Math.floor(i / multiplier));
  return gather(x, tensor1d(channels, 'int32'), 3);
}

/**
 * Depthwise convolution as a sum over its taps, each a shifted image times one number per channel.
 *
 * For backends that ignore the rate of depthwise convolutions.
 *
 * @param padded the image with its padding.
 * @param filters `[kh, kw, channels, multiplier]`.
 * @param outShape shape of the result.
 */
export function depthwiseByTaps(
  padded: Tensor4D,
  filters: Tensor4D,
  { strides, atrousRate }: Pick<OpAttrs['depthwiseConv2d'], 'strides' | 'atrousRate'>,
  outShape: readonly number[],
): Tensor4D {
  const [kernelHeight, kernelWidth, channels, multiplier] = filters.shape;
  const [batch, height, width] = outShape as [number, number, number];
  const x = repeatChannels(padded, multiplier);
  const tap = (ky: number, kx: number): Tensor4D => {
    const [top, left] = [ky * atrousRate[0], kx * atrousRate[1]];
    const end = [batch, top + (height - 1) * strides[0] + 1, left + (width - 1) * strides[1] + 1, x.shape[3]];
    const shifted = stridedSlice(x, [0, top, left, 0], end, [1, ...strides, 1]);
    const weights = slice(filters, [ky, kx, 0, 0], [1, 1, channels, multiplier]);
    return mul(shifted, reshape(weights, [1, 1, 1, channels * multiplier]));
  };
  const taps = Array.from({ length: kernelHeight * kernelWidth }, (_, i) => [
    Math.floor(i / kernelWidth),
    i % kernelWidth,
  ]);
  return taps.reduce<Tensor4D | undefined>((sum, [ky, kx]) => {
    const term = tap(ky!, kx!);
    return sum === undefined ? term : add(sum, term);
  }, undefined)!;
}
