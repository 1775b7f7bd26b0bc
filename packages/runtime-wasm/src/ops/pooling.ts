import { poolingBin, windowAxes } from '@atrous/core';
import { positionTable } from '../plan/window-tables.ts';
import { imageBytesOf, lanesOf, pitchOf, pixelsOf, rowBytesOf, type Value } from '../plan/value.ts';
import type { Lowering, LoweringCall } from './lowering.ts';

function lowerPool({ plan, attrs, x, shape }: LoweringCall<'maxPool' | 'avgPool'>, isMean: boolean): Value {
  const y = plan.value(shape);
  const { rows, columns } = windowAxes(attrs, x.shape, shape);
  const countsPadding = 'countPadding' in attrs && attrs.countPadding;
  const work = 4 * pixelsOf(y) * lanesOf(y) * rows.kernel * columns.kernel;
  plan.kernel(
    'pool',
    { items: shape[0] * shape[1], work, rows: { y, window: rows } },
    {
      ...{ x: x.buffer, y: y.buffer, isMean: Number(isMean), imageBytes: imageBytesOf(x), rowBytes: rowBytesOf(x) },
      ...{ pitch: pitchOf(x), outHeight: shape[1], outWidth: shape[2] },
      rows: plan.constant(positionTable(rows, countsPadding)),
      columns: plan.constant(positionTable(columns, countsPadding)),
    },
  );
  return y;
}

/** Largest element of every window. Padding never wins. */
export const maxPool: Lowering<'maxPool'> = (call) => lowerPool(call, false);

/** Mean of every window. */
export const avgPool: Lowering<'avgPool'> = (call) => lowerPool(call, true);

const binTable = (bins: number, extent: number): Int32Array =>
  Int32Array.from(Array.from({ length: bins }, (_, bin) => poolingBin(bin, bins, extent)).flat());

function lowerBins({ plan, x, shape }: LoweringCall<'adaptiveAvgPool' | 'globalAvgPool'>): Value {
  const y = plan.value(shape);
  const rows = plan.constant(binTable(shape[1], x.shape[1]));
  const columns = plan.constant(binTable(shape[2], x.shape[2]));
  plan.kernel(
    'binMeans',
    { items: lanesOf(y) / 4, work: 4 * pixelsOf(x) * lanesOf(x) },
    {
      ...{ x: x.buffer, y: y.buffer, images: shape[0], imageBytes: imageBytesOf(x), rowBytes: rowBytesOf(x) },
      ...{ pitch: pitchOf(x), rows, rowsEnd: { buffer: rows, offset: rows.bytes } },
      ...{ columns, columnsEnd: { buffer: columns, offset: columns.bytes } },
    },
  );
  return y;
}

/** Mean over each of a number of even parts. */
export const adaptiveAvgPool: Lowering<'adaptiveAvgPool'> = lowerBins;

/** Mean over height and width. */
export const globalAvgPool: Lowering<'globalAvgPool'> = lowerBins;
