import { resizeTable, type Taps } from '../../kernels/resize-bilinear.ts';
import type { Gradient } from '../gradient.ts';
import type { AxisWeights, Shape4D } from '../training-kernels.ts';

const tapWeights = (taps: Taps, inExtent: number): AxisWeights => ({
  inExtent,
  outExtent: taps.lower.length,
  each(out, add) {
    add(taps.lower[out] as number, taps.lowerWeight[out] as number);
    add(taps.upper[out] as number, taps.upperWeight[out] as number);
  },
});

/** Of the image only: what merely lends its size gets nothing. */
export const resizeBilinear: Gradient<'resizeBilinear'> = {
  reads: () => [],
  compute({ wanted, dy, inputShapes, kernels }) {
    if (!wanted.inputs[0]) return { inputs: [] };
    const [, height, width] = inputShapes[0] as Shape4D;
    const rows = resizeTable(wanted.attrs, 0, height, dy.shape[1]);
    const columns = resizeTable(wanted.attrs, 1, width, dy.shape[2]);
    return { inputs: [kernels.separableGradient(dy, tapWeights(rows, height), tapWeights(columns, width))] };
  },
};
