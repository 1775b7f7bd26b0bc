import type { ResizeAttrs } from '@atrous/core';
import type { PlanBuilder } from '../plan/plan-builder.ts';
import { imageBytesOf, lanesOf, pitchOf, pixelsOf, rowBytesOf, type Value } from '../plan/value.ts';
import type { Lowering } from './lowering.ts';
import { resizeTables, tapReader } from './resize-bilinear.ts';

/** Probabilities over channels, or their logarithms. */
export const softmax: Lowering<'softmax'> = ({ plan, attrs, x, shape }) => {
  const y = plan.value(shape);
  plan.kernel(
    'softmax',
    { items: pixelsOf(y), unit: 4, work: 32 * pixelsOf(y) * lanesOf(y) },
    { x: x.buffer, y: y.buffer, pitch: pitchOf(x), channels: shape[3], isLog: Number(attrs.log) },
  );
  return y;
};

function classesOf(plan: PlanBuilder, x: Value): Value {
  const [n, h, w, channels] = x.shape;
  const y = plan.value([n, h, w, 1], 'labels');
  plan.kernel(
    'argMax',
    { items: pixelsOf(y), unit: 16, work: 8 * pixelsOf(x) * lanesOf(x) },
    { x: x.buffer, y: y.buffer, pitch: pitchOf(x), channels },
  );
  return y;
}

/** Index of the largest channel; the lowest index wins ties. */
export const argMax: Lowering<'argMax'> = ({ plan, x }) => classesOf(plan, x);

/** Where positions along the columns of a resized map begin that lie between the same two of the map, and behind the last. */
function cellsOf(resize: ResizeAttrs, inWidth: number, outWidth: number): Int32Array {
  const read = tapReader(resize, 1, inWidth, outWidth);
  const between = (out: number): string => read(out).slice(0, 2).join();
  const columns = Array.from({ length: outWidth }, (_, out) => out);
  return Int32Array.from([...columns.filter((out) => out === 0 || between(out) !== between(out - 1)), outWidth]);
}

/** The same of a resized map, which is computed only between pixels of different classes. */
export const resizeArgMax: Lowering<'resizeArgMax'> = ({ plan, attrs, x, shape }) => {
  const ids = classesOf(plan, x);
  const y = plan.value(shape, 'labels');
  const cells = cellsOf(attrs, x.shape[2], shape[2]);
  plan.kernel(
    'resizeArgMax',
    { items: shape[0] * shape[1], work: 4 * pixelsOf(y) * lanesOf(x) },
    {
      ...{ x: x.buffer, ids: ids.buffer, y: y.buffer, imageBytes: imageBytesOf(x), rowBytes: rowBytesOf(x) },
      ...{ pitch: pitchOf(x), channels: x.shape[3], height: x.shape[1], width: x.shape[2] },
      ...{ outHeight: shape[1], outWidth: shape[2], ...resizeTables(plan, attrs, x.shape, shape) },
      ...{ cells: plan.constant(cells), cellCount: cells.length - 1 },
      scratch: plan.buffer(2 * plan.parts * pitchOf(x)),
    },
  );
  return y;
};
