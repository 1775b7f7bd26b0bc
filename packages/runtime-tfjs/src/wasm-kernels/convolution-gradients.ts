import type { Tensor4D } from '../kernel.ts';
import type { TrainingKernels } from '../training/training-kernels.ts';
import type { Opened } from './assembly.ts';
import { windowOf } from './window-of.ts';

/** One product of packed matrices: what the taps read, transposed, and the gradient. */
export const conv2dFilterGradient =
  ({ heap, assembly }: Opened): TrainingKernels['conv2dFilterGradient'] =>
  (x, dy, filterShape, geometry) => {
    const [kernelHeight, kernelWidth, channels, filters] = filterShape;
    const dw = heap.allocate<Tensor4D>(filterShape);
    const bytes = assembly.convFilterGradientScratch(kernelHeight * kernelWidth, channels, filters);
    heap.withScratch(bytes, (scratch) =>
      assembly.convFilterGradient(
        heap.addressOf(x),
        heap.addressOf(dy),
        heap.addressOf(dw),
        ...x.shape,
        dy.shape[1],
        dy.shape[2],
        filters,
        kernelHeight,
        kernelWidth,
        ...windowOf(geometry),
        scratch,
      ),
    );
    return dw;
  };
