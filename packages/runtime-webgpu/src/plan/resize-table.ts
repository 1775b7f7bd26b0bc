import { resizeAxis, type ResizeAttrs } from '@atrous/core';

/** Where a position along one axis of a resized map is read: a line of a table. */
type Tap = readonly [lower: number, upper: number, lowerWeight: number, upperWeight: number];

const NOWHERE: Tap = [0, 0, 0, 0];

/** Reads positions along one axis of a resized map; beyond it there is nothing. @param axis 0 for rows, 1 for columns. */
export function tapReader(resize: ResizeAttrs, axis: 0 | 1, inExtent: number, outExtent: number) {
  const all = resizeAxis(resize, axis, inExtent, outExtent);
  return (out: number): Tap => {
    const taps = all[out];
    return taps ? [taps.lower, taps.upper, taps.lowerWeight, taps.upperWeight] : NOWHERE;
  };
}

/** A table with a line for every position along one axis of a resized map. */
export function resizeTable(
  resize: ResizeAttrs,
  axis: 0 | 1,
  inExtent: number,
  outExtent: number,
): Float32Array<ArrayBuffer> {
  const read = tapReader(resize, axis, inExtent, outExtent);
  return Float32Array.from(Array.from({ length: outExtent }, (_, out) => read(out)).flat());
}
