import type { Tensor4D } from '../kernel.ts';
import type { TrainingKernels } from '../training/training-kernels.ts';
import { windowOf } from './window-of.ts';
import type { Opened } from './assembly.ts';

/** One pass over input and gradient; several filters a channel are left to `composed`. */
export const depthwiseFilterGradient =
  (
    { heap, assembly }: Opened,
    composed: TrainingKernels['depthwiseFilterGradient'],
  ): TrainingKernels['depthwiseFilterGradient'] =>
  (x, dy, filterShape, geometry) => {
    const [kernelHeight, kernelWidth, , multiplier] = filterShape;
    if (multiplier !== 1) return composed(x, dy, filterShape, geometry);
    const dw = heap.allocate<Tensor4D>(filterShape);
    assembly.depthwiseFilterGradient(
      heap.addressOf(x),
      heap.addressOf(dy),
      heap.addressOf(dw),
      ...x.shape,
      dy.shape[1],
      dy.shape[2],
      kernelHeight,
      kernelWidth,
      ...windowOf(geometry),
    );
    return dw;
  };

/** Strides leave most taps out, which a convolution of `dy` between zeros does not. */
export const depthwiseInputGradient =
  (
    { heap, assembly }: Opened,
    composed: TrainingKernels['depthwiseInputGradient'],
  ): TrainingKernels['depthwiseInputGradient'] =>
  (dy, filters, inputShape, geometry) => {
    const [kernelHeight, kernelWidth, , multiplier] = filters.shape;
    const [strideY, strideX] = geometry.strides;
    if (multiplier !== 1 || strideY * strideX === 1) return composed(dy, filters, inputShape, geometry);
    const dx = heap.allocate<Tensor4D>(inputShape);
    assembly.depthwiseInputGradient(
      heap.addressOf(dy),
      heap.addressOf(filters),
      heap.addressOf(dx),
      ...inputShape,
      dy.shape[1],
      dy.shape[2],
      kernelHeight,
      kernelWidth,
      ...windowOf(geometry),
    );
    return dx;
  };
