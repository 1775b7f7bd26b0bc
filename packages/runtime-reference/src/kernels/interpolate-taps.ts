import { resizedSize, windowAxes, type Pair } from '@atrous/core';
import { extents, inputOf, zeros, type Kernel, type KernelCall, type Value } from '../kernel.ts';
import { applyActivation } from './activation.ts';
import { addBiases, forEachTap } from './convolution.ts';
import { resizeBilinear } from './resize-bilinear.ts';

const sizeOf = ({ shape }: Value): Pair => [shape[1]!, shape[2]!];

function resized(call: KernelCall<'interpolateTaps'>): Value {
  const [x, like] = [inputOf(call), call.inputs[1]];
  const [n, , , channels] = extents(x.shape);
  const size = resizedSize(call.attrs.target, sizeOf(x), like && sizeOf(like));
  return resizeBilinear({ ...call, shape: [n, ...size, channels] });
}

/** What the taps of a convolution made of a small map, enlarged and summed up where the taps read it. */
export const interpolateTaps: Kernel<'interpolateTaps'> = (call) => {
  const maps = resized(call);
  const [batch, , , channels] = extents(maps.shape);
  const { filters } = call.attrs;
  const { rows, columns } = windowAxes({ ...call.attrs, strides: [1, 1] }, maps.shape, call.shape);
  const out = zeros(call.shape);
  for (let n = 0; n < batch; n++) {
    const outImage = n * rows.outExtent * columns.outExtent;
    const inImage = n * rows.inExtent * columns.inExtent;
    forEachTap(rows, columns, (tap, outPixel, inPixel) => {
      const from = (inImage + inPixel) * channels + tap * filters;
      const to = (outImage + outPixel) * filters;
      for (let f = 0; f < filters; f++) out.data[to + f]! += maps.data[from + f]!;
    });
  }
  addBiases(out, call.params.biases);
  return applyActivation(out, call.attrs.activation);
};
