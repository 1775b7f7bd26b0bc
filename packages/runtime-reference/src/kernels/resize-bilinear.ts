import { resizeTaps, type CornerRule, type OpAttrs, type ResizeTaps } from '@atrous/core';
import { extents, zeros, type KernelCall, type Value } from '../kernel.ts';

function tapsOf(corners: CornerRule, inExtent: number, outExtent: number, factor: number | undefined): ResizeTaps[] {
  const step = factor === undefined ? inExtent / outExtent : 1 / factor;
  return Array.from({ length: outExtent }, (_, out) => resizeTaps(corners, out, inExtent, outExtent, step));
}

/** A resize alone or as part of another op. */
type ResizeCall = Pick<KernelCall<'resizeBilinear'>, 'inputs' | 'shape'> & {
  readonly attrs: Pick<OpAttrs['resizeBilinear'], 'target' | 'corners'>;
};

/** Every output pixel is the mean of its four neighbours in the input, weighted by nearness. */
export const resizeBilinear = (call: ResizeCall): Value => {
  const { data, shape } = call.inputs[0]!;
  const { corners, target } = call.attrs;
  const [batch, inHeight, inWidth, channels] = extents(shape);
  const [, height, width] = extents(call.shape);
  const factor = target.kind === 'scale' ? target.factor : undefined;
  const rows = tapsOf(corners, inHeight, height, factor?.[0]);
  const columns = tapsOf(corners, inWidth, width, factor?.[1]);
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
