import type { ResizeTaps } from '@atrous/core';
import { scalar } from '@tensorflow/tfjs-core';
import type { Tensor4D } from '../kernel.ts';
import type { CrossEntropyCall, CrossEntropySums } from '../training/fused-kernels.ts';
import type { Opened } from './assembly.ts';

const TAPS_BYTES = 16;
const TOTALS = 3;

function writeTaps(view: DataView, at: number, taps: readonly ResizeTaps[]): void {
  taps.forEach(({ lower, upper, lowerWeight, upperWeight }, i) => {
    const start = at + TAPS_BYTES * i;
    view.setInt32(start, lower, true);
    view.setInt32(start + 4, upper, true);
    view.setFloat32(start + 8, lowerWeight, true);
    view.setFloat32(start + 12, upperWeight, true);
  });
}

/** Where the parts of the scratch memory begin. */
function layOut({ rows, columns, classWeights }: CrossEntropyCall, work: number) {
  const columnsAt = TAPS_BYTES * rows.length;
  const totalsAt = columnsAt + TAPS_BYTES * columns.length;
  const weightsAt = totalsAt + TOTALS * Float64Array.BYTES_PER_ELEMENT;
  const workAt = weightsAt + Float32Array.BYTES_PER_ELEMENT * classWeights.length;
  return { columnsAt, totalsAt, weightsAt, workAt, bytes: workAt + work };
}

/** One pass over the labels, in which the logits are never stored at their size. */
export const crossEntropy =
  ({ heap, assembly }: Opened) =>
  (call: CrossEntropyCall): CrossEntropySums => {
    const { logits, labels, rows, columns, classWeights, ignoreLabel, labelSmoothing } = call;
    const [batch, height, width, classes] = logits.shape;
    const gradient = heap.allocate<Tensor4D>(logits.shape);
    const at = layOut(call, assembly.crossEntropyScratch(width, classes));
    const [loss, weights, counted] = heap.withScratch(at.bytes, (scratch) => {
      const view = new DataView(heap.memory.buffer, scratch, at.bytes);
      writeTaps(view, 0, rows);
      writeTaps(view, at.columnsAt, columns);
      classWeights.forEach((weight, i) => view.setFloat32(at.weightsAt + 4 * i, weight, true));
      assembly.crossEntropy(
        heap.addressOf(logits),
        heap.addressOf(labels),
        scratch,
        scratch + at.columnsAt,
        scratch + at.weightsAt,
        heap.addressOf(gradient),
        scratch + at.totalsAt,
        batch,
        height,
        width,
        classes,
        rows.length,
        columns.length,
        ignoreLabel,
        labelSmoothing,
        scratch + at.workAt,
      );
      return [0, 8, 16].map((offset) => view.getFloat64(at.totalsAt + offset, true));
    }) as [number, number, number];
    return { loss: scalar(loss), weights: scalar(weights), counted: scalar(counted), gradient };
  };
