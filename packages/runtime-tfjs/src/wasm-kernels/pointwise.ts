import { resolvePads } from '@atrous/core';
import type { Kernel, Tensor4D } from '../kernel.ts';
import { inputOf, type DeviceTensor } from '../kernel.ts';
import type { ConvolutionGeometry, InputGradient } from '../training/training-kernels.ts';
import type { Opened } from './assembly.ts';

/** Whether every output pixel reads the one input pixel where it is. */
const isPointwise = (
  [kernelHeight, kernelWidth]: readonly number[],
  { strides, pads }: Omit<ConvolutionGeometry, 'atrousRate'>,
): boolean =>
  [kernelHeight, kernelWidth, ...strides].every((one) => one === 1) &&
  [pads.top, pads.bottom, pads.left, pads.right].every((pad) => pad === 0);

/** A product of matrices: pixels by `[k, n]`, or by `[n, k]` when it is `transposed`. */
function multiply(
  { heap, assembly }: Opened,
  x: Tensor4D,
  filters: Tensor4D,
  bias: DeviceTensor | undefined,
  transposed: boolean,
): Tensor4D {
  const [batch, height, width, k] = x.shape;
  const n = filters.shape[transposed ? 2 : 3];
  const y = heap.allocate<Tensor4D>([batch, height, width, n]);
  heap.withScratch(assembly.pointwiseScratch(k, n), (scratch) =>
    assembly.pointwise(
      heap.addressOf(x),
      heap.addressOf(filters),
      bias === undefined ? 0 : heap.addressOf(bias),
      heap.addressOf(y),
      batch * height * width,
      k,
      n,
      transposed,
      scratch,
    ),
  );
  return y;
}

/** Convolutions that are not 1×1 are left to `general`. */
export const pointwiseConv2d =
  (opened: Opened, general: Kernel<'conv2d'>): Kernel<'conv2d'> =>
  (call) => {
    const { attrs, params } = call;
    const x = inputOf(call);
    const pads = resolvePads(attrs, [x.shape[1], x.shape[2]]);
    if (attrs.activation !== 'linear' || !isPointwise(attrs.kernel, { strides: attrs.strides, pads }))
      return general(call);
    return multiply(opened, x, params.weights as Tensor4D, params.biases, false);
  };

/** The same for the way back. */
export const pointwiseInputGradient =
  (opened: Opened, general: InputGradient): InputGradient =>
  (dy, filters, inputShape, geometry) =>
    isPointwise(filters.shape, geometry)
      ? multiply(opened, dy, filters, undefined, true)
      : general(dy, filters, inputShape, geometry);
