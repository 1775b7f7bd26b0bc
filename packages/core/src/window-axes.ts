import { resolvePads, type WindowGeometry } from './padding.ts';

/** A window's walk along rows or along columns: tap `t` of output `o` reads input `o · stride − before + t · rate`. */
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
