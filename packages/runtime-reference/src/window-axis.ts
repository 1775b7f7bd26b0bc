import { effectiveKernel, resolvePads, type WindowGeometry } from '@atrous/core';

/** A window's walk along rows or along columns. */
export interface WindowAxis {
  readonly kernel: number;
  readonly stride: number;
  readonly rate: number;
  /** Zeros before the first element. */
  readonly before: number;
  /** Zeros after the last element. */
  readonly after: number;
  /** Elements of the input, without padding. */
  readonly inExtent: number;
  readonly outExtent: number;
}

/** Both axes of a window on an input `[n, h, w, c]` with a result of `outShape`. */
export function windowAxes(
  window: WindowGeometry,
  inShape: readonly number[],
  outShape: readonly number[],
): { readonly rows: WindowAxis; readonly columns: WindowAxis } {
  const pads = resolvePads(window, [inShape[1]!, inShape[2]!]);
  const axis = (index: 0 | 1, before: number, after: number): WindowAxis => ({
    kernel: window.kernel[index],
    stride: window.strides[index],
    rate: window.atrousRate?.[index] ?? 1,
    before,
    after,
    inExtent: inShape[index + 1]!,
    outExtent: outShape[index + 1]!,
  });
  return { rows: axis(0, pads.top, pads.bottom), columns: axis(1, pads.left, pads.right) };
}

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
