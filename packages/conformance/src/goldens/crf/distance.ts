import { largestDifference } from '@atrous/testing/golden';
import { argmaxOf } from './argmax-of.ts';
import type { ExpectedMarginals } from './crf-case.ts';

/** How far marginals are from expected ones. */
export interface Distance {
  readonly largest: number;
  readonly mean: number;
  /** Share of pixels with another label, 0 … 1. */
  readonly otherLabels: number;
}

/** Marginals of some pixels, `[pixels, labels]`. */
function rowsOf(marginals: Float32Array, labels: number, pixels: ArrayLike<number> | undefined): Float32Array {
  if (pixels === undefined) return marginals;
  const rows = new Float32Array(pixels.length * labels);
  for (let row = 0; row < pixels.length; row++)
    rows.set(marginals.subarray(pixels[row]! * labels, (pixels[row]! + 1) * labels), row * labels);
  return rows;
}

function meanDifference(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += Math.abs(a[i]! - b[i]!);
  return sum / a.length;
}

/** How far marginals at some pixels, and labels at all, are from those that are expected. */
export function distanceOf(actual: ExpectedMarginals, expected: ExpectedMarginals): Distance {
  let others = 0;
  for (let i = 0; i < expected.argmax.length; i++) others += Number(actual.argmax[i] !== expected.argmax[i]);
  return {
    largest: largestDifference(actual.marginals, expected.marginals).value,
    mean: meanDifference(actual.marginals, expected.marginals),
    otherLabels: others / expected.argmax.length,
  };
}

/** Marginals of all pixels at those pixels that a case has numbers of. */
export const atPixelsOf = (
  { pixels }: Pick<ExpectedMarginals, 'pixels'>,
  marginals: Float32Array,
  labels: number,
): ExpectedMarginals => ({ marginals: rowsOf(marginals, labels, pixels), argmax: argmaxOf(marginals, labels) });
