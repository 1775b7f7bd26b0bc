import { poolingBin, windowAxes, type WindowAxis } from '@atrous/core';
import { extents, inputOf, zeros, type Kernel, type KernelCall, type Value } from '../kernel.ts';
import { positionsInPaddedInput, tapPosition } from '../window-axis.ts';

/** For every output, the positions of its window that lie inside the input. */
const windowsInside = (axis: WindowAxis): number[][] =>
  Array.from({ length: axis.outExtent }, (_output, out) =>
    Array.from({ length: axis.kernel }, (_tap, tap) => tapPosition(axis, out, tap)).filter(
      (position) => position >= 0 && position < axis.inExtent,
    ),
  );

/** Folds the input pixels of every window into an output pixel: `step` per element, `finish` once per window. */
function pool(
  call: KernelCall<'maxPool' | 'avgPool'>,
  start: number,
  step: (sum: number, value: number) => number,
  finish: (sum: number, count: number) => number,
): Value {
  const { data, shape } = inputOf(call);
  const { rows, columns } = windowAxes(call.attrs, shape, call.shape);
  const [batch, , , channels] = extents(call.shape);
  const inRows = windowsInside(rows);
  const inColumns = windowsInside(columns);
  const countsPadding = 'countPadding' in call.attrs && call.attrs.countPadding;
  const out = zeros(call.shape);
  out.data.fill(start);
  let to = 0;
  for (let n = 0; n < batch; n++)
    for (const [y, ys] of inRows.entries())
      for (const [x, xs] of inColumns.entries()) {
        for (const inY of ys)
          for (const inX of xs) {
            const from = ((n * rows.inExtent + inY) * columns.inExtent + inX) * channels;
            for (let c = 0; c < channels; c++) out.data[to + c] = step(out.data[to + c]!, data[from + c]!);
          }
        const count = countsPadding
          ? positionsInPaddedInput(rows, y) * positionsInPaddedInput(columns, x)
          : ys.length * xs.length;
        for (let c = 0; c < channels; c++, to++) out.data[to] = finish(out.data[to]!, count);
      }
  return out;
}

/** Largest element of every window. Padding never wins. */
export const maxPool: Kernel<'maxPool'> = (call) => pool(call, -Infinity, Math.max, (largest) => largest);

/** Mean of every window, over its elements inside the input or, with `countPadding`, inside the padded input. */
export const avgPool: Kernel<'avgPool'> = (call) =>
  pool(
    call,
    0,
    (sum, value) => sum + value,
    (sum, count) => sum / count,
  );

/** Mean over each of a number of even parts. */
export const adaptiveAvgPool: Kernel<'adaptiveAvgPool'> = (call) => {
  const x = inputOf(call);
  const { bins } = call.attrs;
  const [batch, height, width, channels] = extents(x.shape);
  const out = zeros(call.shape);
  let to = 0;
  for (let n = 0; n < batch; n++)
    for (let row = 0; row < bins[0]; row++)
      for (let column = 0; column < bins[1]; column++, to += channels) {
        const [top, bottom] = poolingBin(row, bins[0], height);
        const [left, right] = poolingBin(column, bins[1], width);
        const area = (bottom - top) * (right - left);
        for (let y = top; y < bottom; y++)
          for (let pixel = left; pixel < right; pixel++)
            for (let c = 0; c < channels; c++)
              out.data[to + c]! += x.data[((n * height + y) * width + pixel) * channels + c]! / area;
      }
  return out;
};

/** Mean over height and width. */
export const globalAvgPool: Kernel<'globalAvgPool'> = (call) => {
  const x = inputOf(call);
  const [batch, height, width, channels] = extents(x.shape);
  const out = zeros(call.shape);
  for (let n = 0; n < batch; n++)
    for (let pixel = 0; pixel < height * width; pixel++)
      for (let c = 0; c < channels; c++)
        out.data[n * channels + c]! += x.data[(n * height * width + pixel) * channels + c]! / (height * width);
  return out;
};
