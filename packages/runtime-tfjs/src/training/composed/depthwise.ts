import { depthwiseConv2d, mul, reshape, reverse, stack, sum, tidy } from '@tensorflow/tfjs-core';
import type { Tensor4D } from '../../kernel.ts';
import { depthwiseByTaps, repeatChannels } from '../../kernels/depthwise-by-taps.ts';
import type { BackendQuirks } from '../../tfjs-backend.ts';
import type { FilterGradient, InputGradient } from '../training-kernels.ts';
import { inputGradientPads } from './conv2d.ts';
import { insertZeros, padOrCrop } from './spread.ts';
import { readTap, tapsOf } from './taps.ts';

/** Sums over the `multiplier` outputs of every input channel. */
function sumOfMultiples(x: Tensor4D, multiplier: number): Tensor4D {
  if (multiplier === 1) return x;
  const [n, height, width, channels] = x.shape;
  const apart = reshape(x, [n * height * width, channels / multiplier, multiplier]);
  return reshape(sum(apart, 2), [n, height, width, channels / multiplier]);
}

/** A depthwise convolution of `dy`, spread by the stride, with the flipped filters at the same rate. */
export const depthwiseInputGradient =
  ({ noDepthwiseRate }: BackendQuirks): InputGradient =>
  (dy, filters, inputShape, geometry) => {
    const [kernelHeight, kernelWidth, channels, multiplier] = filters.shape;
    const spread = insertZeros(dy, geometry.strides);
    const padded = padOrCrop(spread, inputGradientPads(spread, [kernelHeight, kernelWidth], inputShape, geometry));
    const flipped: Tensor4D = reshape(reverse(filters, [0, 1]), [kernelHeight, kernelWidth, channels * multiplier, 1]);
    const { atrousRate } = geometry;
    const multiples = noDepthwiseRate
      ? depthwiseByTaps(padded, flipped, { strides: [1, 1], atrousRate }, inputShape)
      : depthwiseConv2d(padded, flipped, 1, 'valid', 'NHWC', [...atrousRate]);
    return sumOfMultiples(multiples, multiplier);
  };

/** For each tap, the sum over all pixels of what it read times what became of it. */
export const depthwiseFilterGradient: FilterGradient = (x, dy, filterShape, geometry) => {
  const [kernelHeight, kernelWidth, , multiplier] = filterShape;
  const padded = repeatChannels(padOrCrop(x, geometry.pads), multiplier);
  const [, height, width] = dy.shape;
  const taps = tapsOf([kernelHeight, kernelWidth]).map((tap) =>
    tidy(() => sum(mul(readTap(padded, tap, [height, width], geometry), dy), [0, 1, 2])),
  );
  return reshape(stack(taps), filterShape);
};
