import { resolvePads, type WindowGeometry } from '@atrous/core';
import type { MapValue } from './value.ts';

/** Integers that kernels know a window by. Tap t of output o reads input o · stride − before + t · rate. */
export const WINDOW_FIELDS = [
  'kernelHeight',
  'strideHeight',
  'rateHeight',
  'top',
  'bottom',
  'kernelWidth',
  'strideWidth',
  'rateWidth',
  'left',
  'right',
] as const;

/** The window of an op over a map. */
export function windowFields(window: WindowGeometry, x: MapValue) {
  const { top, bottom, left, right } = resolvePads(window, [x.shape[1], x.shape[2]]);
  const [rateHeight, rateWidth] = window.atrousRate ?? [1, 1];
  return {
    ...{ kernelHeight: window.kernel[0], strideHeight: window.strides[0], rateHeight, top, bottom },
    ...{ kernelWidth: window.kernel[1], strideWidth: window.strides[1], rateWidth, left, right },
  };
}
