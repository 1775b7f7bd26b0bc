import { conv2d, matMul, reshape, reverse, slice, stack, tidy, transpose } from '@tensorflow/tfjs-core';
import type { Tensor2D } from '@tensorflow/tfjs-core';
import type { Tensor4D } from '../../kernel.ts';
import type { BackendQuirks } from '../../tfjs-backend.ts';
import type { ConvolutionGeometry, FilterGradient, InputGradient, Shape4D } from '../training-kernels.ts';
import { insertZeros, padOrCrop } from './spread.ts';
import { readTap, tapsOf } from './taps.ts';

const isOne = ([height, width]: readonly [number, number]): boolean => height === 1 && width === 1;

/** A convolution without padding; tfjs takes strides or rates, and only one of them is ever needed here. */
const convolve = (
  x: Tensor4D,
  filters: Tensor4D,
  strides: readonly [number, number],
  rates: readonly [number, number],
): Tensor4D => conv2d(x, filters, [...strides], 'valid', 'NHWC', [...rates]);

/**
 * Pads that make a convolution without stride of the spread `dy`, with flipped filters, as large as the input.
 */
export function inputGradientPads(
  spread: Tensor4D,
  [kernelHeight, kernelWidth]: readonly [number, number],
  [, height, width]: Shape4D,
  { atrousRate, pads }: ConvolutionGeometry,
) {
  return {
    top: (kernelHeight - 1) * atrousRate[0] - pads.top,
    bottom: height - spread.shape[1] + pads.top,
    left: (kernelWidth - 1) * atrousRate[1] - pads.left,
    right: width - spread.shape[2] + pads.left,
  };
}

/**
 * A convolution of `dy`, spread by the stride, with the flipped filter at the same rate. A 1×1 filter can do its work before zeros are
 * put between the pixels.
 */
export const conv2dInputGradient: InputGradient = (dy, filters, inputShape, geometry) => {
  const kernel = [filters.shape[0], filters.shape[1]] as const;
  const pointwise = isOne(kernel);
  const flipped = transpose(pointwise ? filters : reverse(filters, [0, 1]), [0, 1, 3, 2]); // [kh, kw, out, in]
  const work = (x: Tensor4D): Tensor4D => convolve(x, flipped, [1, 1], geometry.atrousRate);
  const spread = insertZeros(pointwise ? work(dy) : dy, geometry.strides);
  const padded = padOrCrop(spread, inputGradientPads(spread, kernel, inputShape, geometry));
  return pointwise ? padded : work(padded);
};

/** One product of matrices per tap. */
function filterGradientByTaps(
  padded: Tensor4D,
  dy: Tensor4D,
  [kernelHeight, kernelWidth, channels, filters]: Shape4D,
  geometry: ConvolutionGeometry,
): Tensor4D {
  const [n, height, width] = dy.shape;
  const right: Tensor2D = reshape(dy, [n * height * width, filters]);
  const taps = tapsOf([kernelHeight, kernelWidth]).map((tap) =>
    tidy(() => {
      const read: Tensor2D = reshape(readTap(padded, tap, [height, width], geometry), [n * height * width, channels]);
      // WASM multiplies quickly only what needs no transposing
      return matMul(transpose(read), right);
    }),
  );
  return reshape(stack(taps), [kernelHeight, kernelWidth, channels, filters]);
}

/** A convolution whose channels are the images, whose filters are `dy`, and in which stride and rate change places. */
function filterGradientBySwap(
  padded: Tensor4D,
  dy: Tensor4D,
  [kernelHeight, kernelWidth, channels, filters]: Shape4D,
  { strides, atrousRate }: ConvolutionGeometry,
): Tensor4D {
  const images = transpose(padded, [3, 1, 2, 0]); // [c, h, w, n]
  const swapped = convolve(images, transpose(dy, [1, 2, 0, 3]), atrousRate, strides); // [c, ≥ kh, ≥ kw, filters]
  return transpose(slice(swapped, [0, 0, 0, 0], [channels, kernelHeight, kernelWidth, filters]), [1, 2, 0, 3]);
}

/** Whichever of the two ways the backend and the geometry allow. */
export const conv2dFilterGradient =
  ({ slowLargeFilters }: BackendQuirks): FilterGradient =>
  (x, dy, filterShape, geometry) => {
    const padded = padOrCrop(x, geometry.pads);
    const pointwise = filterShape[0] * filterShape[1] === 1;
    const both = !isOne(geometry.strides) && !isOne(geometry.atrousRate);
    return slowLargeFilters || pointwise || both
      ? filterGradientByTaps(padded, dy, filterShape, geometry)
      : filterGradientBySwap(padded, dy, filterShape, geometry);
  };
