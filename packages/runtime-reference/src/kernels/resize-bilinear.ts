import { resizeCoordinate, type CornerRule } from '@atrous/core';
import { extents, inputOf, zeros, type Kernel } from '../kernel.ts';

/** Two neighbouring elements and the weight of the upper one. */
interface Sample {
  readonly lower: number;
  readonly upper: number;
  readonly fraction: number;
}

function samples(corners: CornerRule, inExtent: number, outExtent: number, factor: number | undefined): Sample[] {
  const step = factor === undefined ? inExtent / outExtent : 1 / factor;
  return Array.from({ length: outExtent }, (_, out) => {
    const source = resizeCoordinate(corners, out, inExtent, outExtent, step);
    const lower = Math.min(Math.floor(source), inExtent - 1);
    return { lower, upper: Math.min(lower + 1, inExtent - 1), fraction: source - lower };
  });
}

/** Every output pixel is the mean of its four neighbours in the input, weighted by nearness. */
export const resizeBilinear: Kernel<'resizeBilinear'> = (call) => {
  const { data, shape } = inputOf(call);
  const { corners, target } = call.attrs;
  const [batch, inHeight, inWidth, channels] = extents(shape);
  const [, height, width] = extents(call.shape);
  const factor = target.kind === 'scale' ? target.factor : undefined;
  const rows = samples(corners, inHeight, height, factor?.[0]);
  const columns = samples(corners, inWidth, width, factor?.[1]);
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
          const top = data[a + i]! * (1 - column.fraction) + data[b + i]! * column.fraction;
          const bottom = data[c + i]! * (1 - column.fraction) + data[d + i]! * column.fraction;
          out.data[to] = top * (1 - row.fraction) + bottom * row.fraction;
        }
      }
  return out;
};
