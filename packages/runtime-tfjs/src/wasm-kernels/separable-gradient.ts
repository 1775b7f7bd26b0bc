import type { Tensor4D } from '../kernel.ts';
import type { AxisWeights, TrainingKernels } from '../training/training-kernels.ts';
import type { Opened } from './assembly.ts';

const ENTRY_BYTES = 12;

/** What `assembly/` reads of one axis: from, to, weight. */
function entriesOf({ outExtent, each }: AxisWeights): ArrayBuffer {
  const entries: [from: number, to: number, weight: number][] = [];
  for (let out = 0; out < outExtent; out++) each(out, (to, weight) => void entries.push([out, to, weight]));
  const view = new DataView(new ArrayBuffer(ENTRY_BYTES * entries.length));
  entries.forEach(([from, to, weight], i) => {
    view.setInt32(ENTRY_BYTES * i, from, true);
    view.setInt32(ENTRY_BYTES * i + 4, to, true);
    view.setFloat32(ENTRY_BYTES * i + 8, weight, true);
  });
  return view.buffer;
}

/** Along one axis only: of `[outer, out, inner]`. */
function along(
  { heap, assembly }: Opened,
  dy: Tensor4D,
  shape: readonly number[],
  [outer, inner]: readonly [number, number],
  weights: AxisWeights,
): Tensor4D {
  const dx = heap.allocate<Tensor4D>(shape);
  const entries = entriesOf(weights);
  heap.withScratch(entries.byteLength, (scratch) => {
    new Uint8Array(heap.memory.buffer, scratch, entries.byteLength).set(new Uint8Array(entries));
    assembly.axisGradient(
      heap.addressOf(dy),
      heap.addressOf(dx),
      outer,
      weights.outExtent,
      weights.inExtent,
      inner,
      scratch,
      entries.byteLength / ENTRY_BYTES,
    );
  });
  return dx;
}

/** Adds what is not zero, where a product of matrices multiplies zeros. */
export const separableGradient =
  (opened: Opened): TrainingKernels['separableGradient'] =>
  (dy, rows, columns) => {
    const [n, height, , channels] = dy.shape;
    const across = along(opened, dy, [n, height, columns.inExtent, channels], [n * height, channels], columns);
    const shape = [n, rows.inExtent, columns.inExtent, channels];
    return along(opened, across, shape, [n, columns.inExtent * channels], rows);
  };

/** Pixels are copied in the machine code, where tfjs does it one by one in JavaScript. */
export const sliceChannels =
  ({ heap, assembly }: Opened): TrainingKernels['sliceChannels'] =>
  (dy, begin, shape) => {
    const dx = heap.allocate<Tensor4D>(shape);
    const from = heap.addressOf(dy) + begin * Float32Array.BYTES_PER_ELEMENT;
    assembly.sliceChannels(from, heap.addressOf(dx), dy.size / dy.shape[3], dy.shape[3], shape[3]);
    return dx;
  };
