import { resizeTaps, type OpAttrs } from '@atrous/core';

/** How a map is resized: to what, and by which rule. */
export type Resize = OpAttrs['resizeBilinear'];

/** Where a position along one axis of a resized map is read: a line of a table. */
type Tap = readonly [lower: number, upper: number, lowerWeight: number, upperWeight: number];

const NOWHERE: Tap = [0, 0, 0, 0];

/** Reads positions along one axis of a resized map; beyond it there is nothing. @param axis 0 for rows, 1 for columns. */
export function tapReader({ target, corners }: Resize, axis: 0 | 1, inExtent: number, outExtent: number) {
  const step = target.kind === 'scale' ? 1 / target.factor[axis] : inExtent / outExtent;
  return (out: number): Tap => {
    if (out < 0 || out >= outExtent) return NOWHERE;
    const { lower, upper, lowerWeight, upperWeight } = resizeTaps(corners, out, inExtent, outExtent, step);
    return [lower, upper, lowerWeight, upperWeight];
  };
}

/** A table with a line for every position along one axis of a resized map. */
export function resizeTable(
  resize: Resize,
  axis: 0 | 1,
  inExtent: number,
  outExtent: number,
): Float32Array<ArrayBuffer> {
  const read = tapReader(resize, axis, inExtent, outExtent);
  return Float32Array.from(Array.from({ length: outExtent }, (_, out) => read(out)).flat());
}
