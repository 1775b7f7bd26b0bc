import type { Tensor4D } from '../kernel.ts';
import type { TrainingKernels } from '../training/training-kernels.ts';
import type { Opened } from './assembly.ts';

/** Which tap of a window was the largest is noted in a byte. */
const MOST_TAPS = 255;

/** One pass to find the largest elements, one to collect what they get; larger windows are left to `composed`. */
export const maxPoolGradient =
  ({ heap, assembly }: Opened, composed: TrainingKernels['maxPoolGradient']): TrainingKernels['maxPoolGradient'] =>
  (x, y, dy, geometry) => {
    const { kernel, strides, pads } = geometry;
    if (kernel[0] * kernel[1] > MOST_TAPS) return composed(x, y, dy, geometry);
    const [, , width, channels] = x.shape;
    const dx = heap.allocate<Tensor4D>(x.shape);
    heap.withScratch(assembly.maxPoolGradientScratch(dy.size, width, channels), (scratch) =>
      assembly.maxPoolGradient(
        heap.addressOf(x),
        heap.addressOf(dy),
        heap.addressOf(dx),
        ...x.shape,
        dy.shape[1],
        dy.shape[2],
        ...kernel,
        ...strides,
        pads.top,
        pads.left,
        scratch,
      ),
    );
    return dx;
  };
