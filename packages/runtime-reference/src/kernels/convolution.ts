import { windowAxes, type Tensor, type WindowAxis } from '@atrous/core';
import { extents, inputOf, zeros, type Kernel, type Value } from '../kernel.ts';
import { outputsReadBy, tapPosition } from '../window-axis.ts';
import { applyActivation } from './activation.ts';

/** Calls `visit` for every tap and every output position whose tap falls inside the input; taps in the padding are skipped. */
export function forEachTap(
  rows: WindowAxis,
  columns: WindowAxis,
  visit: (tap: number, outPixel: number, inPixel: number) => void,
): void {
  for (let ky = 0; ky < rows.kernel; ky++) {
    const [firstRow, lastRow] = outputsReadBy(rows, ky);
    for (let kx = 0; kx < columns.kernel; kx++) {
      const [firstColumn, lastColumn] = outputsReadBy(columns, kx);
      for (let y = firstRow; y < lastRow; y++)
        for (let x = firstColumn; x < lastColumn; x++)
          visit(
            ky * columns.kernel + kx,
            y * columns.outExtent + x,
            tapPosition(rows, y, ky) * columns.inExtent + tapPosition(columns, x, kx),
          );
    }
  }
}

/** One number per channel on top, where there are biases. */
export function addBiases(value: Value, biases: Tensor | undefined): void {
  if (biases === undefined) return;
  const channels = biases.data.length;
  for (let i = 0; i < value.data.length; i++) value.data[i]! += biases.data[i % channels]!;
}

/** `out[f] += Σ_c x[c] · w[c, f]`, four channels at a time because the sum is bound by loads and stores of `out`. */
function addPixelTimesFilters(
  out: Value['data'],
  outStart: number,
  outChannels: number,
  x: Value['data'],
  xStart: number,
  inChannels: number,
  w: Tensor['data'],
  wStart: number,
): void {
  let c = 0;
  for (; c + 4 <= inChannels; c += 4) {
    const x0 = x[xStart + c]!;
    const x1 = x[xStart + c + 1]!;
    const x2 = x[xStart + c + 2]!;
    const x3 = x[xStart + c + 3]!;
    const w0 = wStart + c * outChannels;
    const w1 = w0 + outChannels;
    const w2 = w1 + outChannels;
    const w3 = w2 + outChannels;
    for (let f = 0; f < outChannels; f++)
      out[outStart + f]! += x0 * w[w0 + f]! + x1 * w[w1 + f]! + x2 * w[w2 + f]! + x3 * w[w3 + f]!;
  }
  for (; c < inChannels; c++) {
    const value = x[xStart + c]!;
    const row = wStart + c * outChannels;
    for (let f = 0; f < outChannels; f++) out[outStart + f]! += value * w[row + f]!;
  }
}

/**
 * Atrous convolution: `y[i, j, f] = b[f] + Σ x[i·s − pad + a·r, j·s − pad + b·r, c] · w[a, b, c, f]`.
 *
 * Computed as a sum over taps, each of them a 1×1 convolution of a shifted input.
 *
 * @see Chen et al. 2017, "DeepLab", §3.1, arXiv:1606.00915
 */
export const conv2d: Kernel<'conv2d'> = (call) => {
  const x = inputOf(call);
  const [batch, , , inChannels] = extents(x.shape);
  const { rows, columns } = windowAxes(call.attrs, x.shape, call.shape);
  const filters = call.params.weights!;
  const outChannels = call.attrs.filters;
  const out = zeros(call.shape);
  for (let n = 0; n < batch; n++) {
    const outImage = n * rows.outExtent * columns.outExtent;
    const inImage = n * rows.inExtent * columns.inExtent;
    forEachTap(rows, columns, (tap, outPixel, inPixel) =>
      addPixelTimesFilters(
        out.data,
        (outImage + outPixel) * outChannels,
        outChannels,
        x.data,
        (inImage + inPixel) * inChannels,
        inChannels,
        filters.data,
        tap * inChannels * outChannels,
      ),
    );
  }
  addBiases(out, call.params.biases);
  return applyActivation(out, call.attrs.activation);
};

/** Convolution of every channel with filters of its own: `y[i, j, c·m + k] = b[c·m + k] + Σ x[…, c] · w[a, b, c, k]`. */
export const depthwiseConv2d: Kernel<'depthwiseConv2d'> = (call) => {
  const x = inputOf(call);
  const [batch, , , inChannels] = extents(x.shape);
  const { rows, columns } = windowAxes(call.attrs, x.shape, call.shape);
  const w = call.params.depthwiseWeights!.data;
  const { multiplier } = call.attrs;
  const outChannels = inChannels * multiplier;
  const out = zeros(call.shape);
  for (let n = 0; n < batch; n++) {
    const outImage = n * rows.outExtent * columns.outExtent;
    const inImage = n * rows.inExtent * columns.inExtent;
    forEachTap(rows, columns, (tap, outPixel, inPixel) => {
      const from = (inImage + inPixel) * inChannels;
      const to = (outImage + outPixel) * outChannels;
      for (let c = 0; c < inChannels; c++)
        for (let k = c * multiplier; k < (c + 1) * multiplier; k++)
          out.data[to + k]! += x.data[from + c]! * w[tap * outChannels + k]!;
    });
  }
  addBiases(out, call.params.biases);
  return applyActivation(out, call.attrs.activation);
};
