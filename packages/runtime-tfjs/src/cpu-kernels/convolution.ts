import { resolvePads } from '@atrous/core';
import { tensor4d } from '@tensorflow/tfjs-core';
import { inputOf, type DeviceTensor, type Kernel, type Tensor4D } from '../kernel.ts';
import { applyActivation } from '../kernels/activation.ts';
import type { FilterGradient, InputGradient, Shape4D } from '../training/training-kernels.ts';
import { eachConnection } from './each-connection.ts';

// tfjs adds products up in float32, one by one: behind fifty layers the sums are too rough for gradients.

const numbersOf = (tensor: DeviceTensor): Float32Array => tensor.dataSync() as Float32Array;

const toTensor = (sums: Float64Array, shape: Shape4D): Tensor4D => tensor4d(Float32Array.from(sums), shape);

const kernelOf = ([height, width]: Shape4D): readonly [number, number] => [height, width];

/** Atrous convolution with bias and activation, summed up in float64. */
export const conv2d: Kernel<'conv2d'> = (call) => {
  const { attrs, params } = call;
  const [image, filters] = [inputOf(call), params['weights'] as Tensor4D];
  const [x, weights] = [numbersOf(image), numbersOf(filters)];
  const [input, output, channels, outputs] = [image.shape, call.shape as Shape4D, filters.shape[2], filters.shape[3]];
  const sums = new Float64Array(output[0] * output[1] * output[2] * outputs);
  const biases = params['biases'];
  if (biases) {
    const added = numbersOf(biases);
    sums.forEach((_, i) => (sums[i] = added[i % outputs]!));
  }
  const pads = resolvePads(attrs, [input[1], input[2]]);
  eachConnection({ input, output, kernel: kernelOf(filters.shape) }, { ...attrs, pads }, (from, to, tap) => {
    for (let i = 0; i < channels; i++) {
      const value = x[from * channels + i]!;
      const row = (tap * channels + i) * outputs;
      for (let o = 0; o < outputs; o++) sums[to * outputs + o]! += value * weights[row + o]!;
    }
  });
  return applyActivation(toTensor(sums, output), attrs.activation);
};

/** The way back to the input, summed up in float64. */
export const conv2dInputGradient: InputGradient = (dy, filters, inputShape, geometry) => {
  const [gradient, weights] = [numbersOf(dy), numbersOf(filters)];
  const [, , channels, outputs] = filters.shape;
  const sums = new Float64Array(inputShape[0] * inputShape[1] * inputShape[2] * channels);
  const maps = { input: inputShape, output: dy.shape, kernel: kernelOf(filters.shape) };
  eachConnection(maps, geometry, (from, to, tap) => {
    for (let i = 0; i < channels; i++) {
      const row = (tap * channels + i) * outputs;
      let sum = 0;
      for (let o = 0; o < outputs; o++) sum += gradient[to * outputs + o]! * weights[row + o]!;
      sums[from * channels + i]! += sum;
    }
  });
  return toTensor(sums, inputShape);
};

/** The way back to the filters, summed up in float64. */
export const conv2dFilterGradient: FilterGradient = (image, dy, filterShape, geometry) => {
  const [x, gradient] = [numbersOf(image), numbersOf(dy)];
  const [, , channels, outputs] = filterShape;
  const sums = new Float64Array(filterShape[0] * filterShape[1] * channels * outputs);
  const maps = { input: image.shape, output: dy.shape, kernel: kernelOf(filterShape) };
  eachConnection(maps, geometry, (from, to, tap) => {
    for (let i = 0; i < channels; i++) {
      const value = x[from * channels + i]!;
      const row = (tap * channels + i) * outputs;
      for (let o = 0; o < outputs; o++) sums[row + o]! += value * gradient[to * outputs + o]!;
    }
  });
  return toTensor(sums, filterShape);
};
