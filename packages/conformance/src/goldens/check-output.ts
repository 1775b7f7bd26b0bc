import type { Tensor } from '@atrous/core';
import { largestMagnitude } from '@atrous/testing/golden';
import type { ExpectedOutput } from './network-file.ts';
import { nhwcToNchw } from './nchw.ts';
import { expectWithin } from './tolerance.ts';

function meanAndDeviation(data: Tensor['data']): { mean: number; std: number } {
  let sum = 0;
  for (const value of data) sum += value;
  const mean = sum / data.length;
  let squares = 0;
  for (const value of data) squares += (value - mean) ** 2;
  return { mean, std: Math.sqrt(squares / data.length) };
}

function expectNear(what: string, actual: number, expected: number, allowed: number): void {
  if (!(Math.abs(actual - expected) <= allowed))
    throw new Error(`${what} is ${actual} instead of ${expected} (allowed ${allowed})`);
}

/**
 * Compares an output `[n, h, w, c]` with everything a case says about it: shape, statistics, samples and, when given, the stored values.
 *
 * @returns how close they are, for people.
 * @throws Error that names the first thing that differs by more than `tolerance_abs`.
 */
export function checkOutput(actual: Tensor, expected: ExpectedOutput, stored: Tensor | undefined): string {
  const { shape, data } = nhwcToNchw(actual);
  const allowed = expected.tolerance_abs;
  if (shape.join() !== expected.shape.join())
    throw new Error(`the shape is [${shape.join(', ')}] instead of [${expected.shape.join(', ')}]`);
  const closeness =
    stored === undefined
      ? 'statistics and samples agree'
      : expectWithin(nhwcToNchw(actual, expected.subsample), stored, { absolute: allowed, scaledBy: 'nothing' });
  const { mean, std } = meanAndDeviation(data);
  expectNear('the mean', mean, expected.mean, allowed);
  expectNear('the standard deviation', std, expected.std, allowed);
  expectNear('the largest magnitude', largestMagnitude(data), expected.absmax, allowed);
  for (const [i, value] of expected.first8.entries()) expectNear(`value ${i}`, data[i] as number, value, allowed);
  const [, , height = 1, width = 1] = shape;
  for (const { x, y, values } of expected.samples ?? [])
    for (const [c, value] of values.entries())
      expectNear(`channel ${c} at (${x}, ${y})`, data[(c * height + y) * width + x] as number, value, allowed);
  return closeness;
}
