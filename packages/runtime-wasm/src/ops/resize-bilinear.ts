import { resizeAxis, type ResizeAttrs } from '@atrous/core';
import type { PlanBuilder } from '../plan/plan-builder.ts';
import { imageBytesOf, lanesOf, pitchOf, pixelsOf, rowBytesOf, type Buffer, type Value } from '../plan/value.ts';
import type { Lowering } from './lowering.ts';

/** Where a position along one axis of a resized map is read, or nowhere: an instance of `Tap` of `assembly/resize.ts`. */
type Tap = readonly [lower: number, upper: number, lowerWeight: number, upperWeight: number];

const NOWHERE: Tap = [0, 0, 0, 0];

/** Reads positions along one axis of a resized map. @param axis 0 for rows, 1 for columns. */
export function tapReader(resize: ResizeAttrs, axis: 0 | 1, inExtent: number, outExtent: number) {
  const all = resizeAxis(resize, axis, inExtent, outExtent);
  return (out: number): Tap => {
    const taps = all[out];
    return taps ? [taps.lower, taps.upper, taps.lowerWeight, taps.upperWeight] : NOWHERE;
  };
}

/** A table of taps. */
export function tapTable(taps: readonly Tap[]): Int32Array {
  const table = new Int32Array(4 * taps.length);
  const weights = new Float32Array(table.buffer);
  for (const [i, [lower, upper, lowerWeight, upperWeight]] of taps.entries()) {
    table.set([lower, upper], 4 * i);
    weights.set([lowerWeight, upperWeight], 4 * i + 2);
  }
  return table;
}

/** Tables for every row and every column of a resized map. */
export function resizeTables(
  plan: PlanBuilder,
  resize: ResizeAttrs,
  from: Value['shape'],
  to: Value['shape'],
): { readonly rows: Buffer; readonly columns: Buffer } {
  const table = (axis: 0 | 1): Buffer => {
    const extent = to[axis + 1]!;
    const read = tapReader(resize, axis, from[axis + 1]!, extent);
    return plan.constant(tapTable(Array.from({ length: extent }, (_, out) => read(out))));
  };
  return { rows: table(0), columns: table(1) };
}

/** Every output pixel is the mean of its four neighbours in the input, weighted by nearness. */
export const resizeBilinear: Lowering<'resizeBilinear'> = ({ plan, attrs, x, shape }) => {
  const y = plan.value(shape);
  plan.kernel(
    'resize',
    { items: shape[0] * shape[1], work: 8 * pixelsOf(y) * lanesOf(y) },
    {
      ...{ x: x.buffer, y: y.buffer, imageBytes: imageBytesOf(x), rowBytes: rowBytesOf(x), pitch: pitchOf(x) },
      ...{ outHeight: shape[1], outWidth: shape[2], ...resizeTables(plan, attrs, x.shape, shape) },
    },
  );
  return y;
};
