import { effectiveKernel, type WindowAxis } from '@atrous/core';

/** Where tap `tap` of the window at `out` reads; outside `0 … inExtent − 1` it meets padding. */
export const tapPosition = (axis: WindowAxis, out: number, tap: number): number =>
  out * axis.stride - axis.before + tap * axis.rate;

/** The outputs `first … last − 1` whose tap `tap` falls inside the input. */
export function outputsReadBy(axis: WindowAxis, tap: number): readonly [first: number, last: number] {
  const offset = tapPosition(axis, 0, tap);
  const first = Math.max(Math.ceil(-offset / axis.stride), 0);
  const last = Math.min(Math.floor((axis.inExtent - 1 - offset) / axis.stride) + 1, axis.outExtent);
  return [first, last];
}

/** How many of a window's positions lie in the padded input, which a window of `ceil` rounding may overrun. */
export function positionsInPaddedInput(axis: WindowAxis, out: number): number {
  const start = out * axis.stride;
  const padded = axis.before + axis.inExtent + axis.after;
  return Math.min(start + effectiveKernel(axis.kernel, axis.rate), padded) - start;
}
