import { resizeTaps, type CornerRule } from '@atrous/core';
import { imageBytesOf, lanesOf, pitchOf, pixelsOf, rowBytesOf } from '../plan/value.ts';
import type { Lowering } from './lowering.ts';

/** A table of `Tap` of `assembly/resize.ts` for each position of the output. */
export function tapTable(corners: CornerRule, inExtent: number, outExtent: number, factor?: number): Int32Array {
  const table = new Int32Array(4 * outExtent);
  const weights = new Float32Array(table.buffer);
  const step = factor === undefined ? inExtent / outExtent : 1 / factor;
  for (let out = 0; out < outExtent; out++) {
    const { lower, upper, lowerWeight, upperWeight } = resizeTaps(corners, out, inExtent, outExtent, step);
    table.set([lower, upper], 4 * out);
    weights.set([lowerWeight, upperWeight], 4 * out + 2);
  }
  return table;
}

/** Every output pixel is the mean of its four neighbours in the input, weighted by nearness. */
export const resizeBilinear: Lowering<'resizeBilinear'> = ({ plan, attrs: { corners, target }, x, shape }) => {
  const y = plan.value(shape);
  const [rows, columns] = target.kind === 'scale' ? target.factor : [];
  plan.kernel(
    'resize',
    { items: shape[0] * shape[1], work: 8 * pixelsOf(y) * lanesOf(y) },
    {
      ...{ x: x.buffer, y: y.buffer, imageBytes: imageBytesOf(x), rowBytes: rowBytesOf(x), pitch: pitchOf(x) },
      ...{ outHeight: shape[1], outWidth: shape[2] },
      rows: plan.constant(tapTable(corners, x.shape[1], shape[1], rows)),
      columns: plan.constant(tapTable(corners, x.shape[2], shape[2], columns)),
    },
  );
  return y;
};
