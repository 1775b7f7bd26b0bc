import type { WindowAxis } from '@atrous/core';

/** Rows `from … to − 1` of an image. */
export interface Rows {
  readonly from: number;
  readonly to: number;
}

/** Which rows of a map some row of a later one is made of: `extent` of them, from `row · stride − before` on, as far as they are in the map. */
export interface Reach {
  readonly stride: number;
  readonly extent: number;
  readonly before: number;
}

/** The reach of the later map itself. */
export const ITSELF: Reach = { stride: 1, extent: 1, before: 0 };

/** The reach of what a window reads, from that of what it computes. */
export const throughWindow = ({ stride, extent, before }: Reach, window: WindowAxis): Reach => ({
  stride: stride * window.stride,
  extent: (extent - 1) * window.stride + (window.kernel - 1) * window.rate + 1,
  before: before * window.stride + window.before,
});

/** The rows of a map of `height` that some rows of the later one are made of. */
export function rowsReached({ stride, extent, before }: Reach, { from, to }: Rows, height: number): Rows {
  const inside = (row: number): number => Math.max(0, Math.min(height, row));
  return { from: inside(from * stride - before), to: inside((to - 1) * stride - before + extent) };
}
