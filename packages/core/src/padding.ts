import type { Padding, Pads, Pair } from './ops.ts';

/** Input pixels that `kernel` taps at `atrousRate` span: `(k − 1) · r + 1`. */
export const effectiveKernel = (kernel: number, atrousRate: number): number => (kernel - 1) * atrousRate + 1;

function axisPads(padding: 'same' | 'symmetric' | 'valid', extent: number, span: number, stride: number): Pair {
  if (padding === 'valid') return [0, 0];
  const total =
    padding === 'symmetric' ? span - 1 : Math.max((Math.ceil(extent / stride) - 1) * stride + span - extent, 0);
  return [Math.floor(total / 2), Math.ceil(total / 2)];
}

/** What a window does along both axes. */
export interface WindowGeometry {
  readonly kernel: Pair;
  readonly strides: Pair;
  readonly atrousRate?: Pair;
  readonly padding: Padding;
}

/** Turns any padding rule into explicit pads for an input of this size. */
export function resolvePads(window: WindowGeometry, size: Pair): Pads {
  if (typeof window.padding === 'object') return window.padding;
  const rate = window.atrousRate ?? [1, 1];
  const [top, bottom] = axisPads(
    window.padding,
    size[0],
    effectiveKernel(window.kernel[0], rate[0]),
    window.strides[0],
  );
  const [left, right] = axisPads(
    window.padding,
    size[1],
    effectiveKernel(window.kernel[1], rate[1]),
    window.strides[1],
  );
  return { top, bottom, left, right };
}

/**
 * Height and width after a window.
 *
 * With `ceil`, the last window may run over the padded end but must start inside the input or its leading padding (Caffe and PyTorch `ceil_mode`).
 */
export function windowOutputSize(window: WindowGeometry, size: Pair, rounding: 'floor' | 'ceil' = 'floor'): Pair {
  const pads = resolvePads(window, size);
  const rate = window.atrousRate ?? [1, 1];
  const along = (axis: 0 | 1, before: number, after: number): number => {
    const room = size[axis] + before + after - effectiveKernel(window.kernel[axis], rate[axis]);
    const stride = window.strides[axis];
    if (rounding === 'floor') return Math.floor(room / stride) + 1;
    const steps = Math.ceil(room / stride) + 1;
    return (steps - 1) * stride >= size[axis] + before ? steps - 1 : steps;
  };
  return [along(0, pads.top, pads.bottom), along(1, pads.left, pads.right)];
}
