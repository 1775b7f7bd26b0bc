import { resizeAxis, type ResizeAttrs } from '@atrous/core';
import { extents, zeros, type KernelCall, type Value } from '../kernel.ts';

/** A resize alone or as part of another op. */
type ResizeCall = Pick<KernelCall<'resizeBilinear'>, 'inputs' | 'shape'> & {
  readonly attrs: ResizeAttrs;
};

/** Every output pixel is the mean of its four neighbours in the input, weighted by nearness. */
export const resizeBilinear = (call: ResizeCall): Value => {
  const { data, shape } = call.inputs[0]!;
  const [batch, inHeight, inWidth, channels] = extents(shape);
  const [, height, width] = extents(call.shape);
  const rows = resizeAxis(call.attrs, 0, inHeight, height);
  const columns = resizeAxis(call.attrs, 1, inWidth, width);
  const out = zeros(call.shape);
  let to = 0;
  for (let n = 0; n < batch; n++)
    for (const row of rows)
      for (const column of columns) {
        const start = (y: number, x: number): number => ((n * inHeight + y) * inWidth + x) * channels;
        const a = start(row.lower, column.lower);
        const b = start(row.lower, column.upper);
        const c = start(row.upper, column.lower);
        const d = start(row.upper, column.upper);
        for (let i = 0; i < channels; i++, to++) {
          const top = data[a + i]! * column.lowerWeight + data[b + i]! * column.upperWeight;
          const bottom = data[c + i]! * column.lowerWeight + data[d + i]! * column.upperWeight;
          out.data[to] = top * row.lowerWeight + bottom * row.upperWeight;
        }
      }
  return out;
};
