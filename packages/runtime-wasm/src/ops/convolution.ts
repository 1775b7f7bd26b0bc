import { windowAxes, type WindowAxis } from '@atrous/core';
import { ACTIVATION_CODES } from '../activation-codes.ts';
import { positionTable, runTable, tapsInside } from '../plan/window-tables.ts';
import { imageBytesOf, lanesOf, paddedTo, pitchOf, pixelsOf, placeOf, rowBytesOf, type Value } from '../plan/value.ts';
import type { Lowering, LoweringCall } from './lowering.ts';
import { readingTime } from './reading-time.ts';
import { lowerWinograd } from './winograd.ts';

/** Input is read again, and parts of lines written, for every eight filters: neither should leave a core's own cache meanwhile. */
const CACHED_BYTES = 384 * 1024;

const isPointwise = ({ attrs, x, shape }: LoweringCall<'conv2d'>): boolean =>
  attrs.kernel.join() === '1,1' && attrs.strides.join() === '1,1' && x.shape[1] === shape[1] && x.shape[2] === shape[2];

/** A 1×1 convolution: a product of matrices. */
function lowerPointwise({ plan, attrs, x, shape, packed, residual, place }: LoweringCall<'conv2d'>): Value {
  const y = place ?? plan.value(shape);
  const filters = paddedTo(shape[3]);
  const channels = x.shape[3];
  const pixels = Math.max(16, 4 * Math.floor(CACHED_BYTES / (pitchOf(x) + pitchOf(y)) / 4));
  const { rows } = windowAxes(attrs, x.shape, shape);
  plan.kernel(
    'pointwise',
    { items: pixelsOf(y), unit: 4, work: pixelsOf(y) * filters * channels, rows: { y, window: rows } },
    {
      ...{ rowStep: 0, columnStep: 0, depth: 4 * channels, width: 1 },
      ...{
        x: x.buffer,
        y: placeOf(y),
        weights: packed.weights!,
        biases: packed.biases!,
        residual: residual?.buffer ?? 0,
      },
      ...{ activation: ACTIVATION_CODES[attrs.activation], pitch: pitchOf(x), outPitch: pitchOf(y) },
      ...{ filters, block: pixels },
    },
  );
  return y;
}

/** Rows of the result whose input fits the cache. */
function rowsInCache(rows: WindowAxis, x: Value, y: Value): number {
  const shared = rows.rate === 1 ? rows.kernel - 1 : 0;
  const readPerRow = rows.rate === 1 ? rows.stride : rows.kernel;
  const bytesPerRow = readPerRow * rowBytesOf(x) + rowBytesOf(y);
  return Math.max(4, Math.floor((CACHED_BYTES - shared * rowBytesOf(x)) / bytesPerRow));
}

/** Atrous convolution. Taps on padding are left out. */
export const conv2d: Lowering<'conv2d'> = (call) => {
  const { plan, attrs, x, shape, packed, residual, place } = call;
  if (isPointwise(call)) return lowerPointwise(call);
  const y = place ?? plan.value(shape);
  const filters = paddedTo(shape[3]);
  const { rows, columns } = windowAxes(attrs, x.shape, shape);
  const depth = x.shape[3];
  const block = rowsInCache(rows, x, y);
  const items = shape[0] * shape[1];
  const sums = shape[0] * tapsInside(rows) * tapsInside(columns) * filters * depth;
  const work = sums + readingTime(rows.kernel * columns.kernel * depth * filters, Math.ceil(items / block));
  const filtered = plan.isExact ? undefined : lowerWinograd(call, y, work);
  if (filtered) return filtered;
  const runs = plan.constant(runTable(columns));
  plan.kernel(
    'conv',
    { items, work, rows: { y, window: rows } },
    {
      ...{ rowStep: rows.rate * rowBytesOf(x), columnStep: columns.rate * pitchOf(x), depth: 4 * depth },
      ...{ width: columns.kernel, height: rows.kernel, x: x.buffer, y: placeOf(y) },
      ...{ weights: packed.weights!, biases: packed.biases!, residual: residual?.buffer ?? 0 },
      ...{ activation: ACTIVATION_CODES[attrs.activation], imageBytes: imageBytesOf(x), rowBytes: rowBytesOf(x) },
      ...{ pitch: pitchOf(x), stride: columns.stride, before: columns.before, outHeight: shape[1], outWidth: shape[2] },
      ...{ outPitch: pitchOf(y), filters, rows: plan.constant(positionTable(rows)), runs },
      ...{ runsEnd: { buffer: runs, offset: runs.bytes }, block },
    },
  );
  return y;
};

/** Every channel as often as it has filters. */
function repeated({ plan, x, shape }: LoweringCall<'depthwiseConv2d'>, times: number): Value {
  const [n, h, w, channels] = x.shape;
  const wide = plan.value([n, h, w, shape[3]]);
  plan.kernel(
    'repeatChannels',
    { items: pixelsOf(x), work: pixelsOf(x) * shape[3] },
    { x: x.buffer, y: wide.buffer, pitch: pitchOf(x), outPitch: pitchOf(wide), channels, times },
  );
  return wide;
}

/** One filter for each channel. */
export const depthwiseConv2d: Lowering<'depthwiseConv2d'> = (call) => {
  const { plan, attrs, shape, packed } = call;
  const x = attrs.multiplier === 1 ? call.x : repeated(call, attrs.multiplier);
  const y = plan.value(shape);
  const { rows, columns } = windowAxes(attrs, x.shape, shape);
  const runs = plan.constant(runTable(columns));
  const work = 4 * shape[0] * tapsInside(rows) * tapsInside(columns) * lanesOf(y);
  plan.kernel(
    'depthwise',
    { items: shape[0] * shape[1], work, rows: { y, window: rows } },
    {
      ...{ x: x.buffer, y: y.buffer, weights: packed.weights!, biases: packed.biases! },
      ...{ activation: ACTIVATION_CODES[attrs.activation], imageBytes: imageBytesOf(x), rowBytes: rowBytesOf(x) },
      ...{ pitch: pitchOf(x), rowStep: rows.rate * rowBytesOf(x), columnStep: columns.rate * pitchOf(x) },
      ...{ kernelWidth: columns.kernel, outHeight: shape[1], outWidth: shape[2], stride: columns.stride },
      ...{ before: columns.before, rows: plan.constant(positionTable(rows)), runs },
      runsEnd: { buffer: runs, offset: runs.bytes },
    },
  );
  return y;
};
