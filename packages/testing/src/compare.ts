import type { TensorData } from '@atrous/core';

/** Where two arrays differ most. */
export interface Difference {
  readonly value: number;
  readonly index: number;
}

/**
 * The largest absolute difference of two arrays. A NaN on one side only counts as infinite; equal infinities as 0.
 *
 * @throws Error when the lengths differ.
 */
export function largestDifference(actual: TensorData, expected: TensorData): Difference {
  if (actual.length !== expected.length) throw new Error(`${actual.length} values instead of ${expected.length}`);
  let largest: Difference = { value: 0, index: 0 };
  for (let index = 0; index < expected.length; index++) {
    const a = actual[index] as number;
    const b = expected[index] as number;
    const difference = Object.is(a, b) || a === b ? 0 : Math.abs(a - b);
    const value = Number.isNaN(difference) ? Infinity : difference;
    if (value > largest.value) largest = { value, index };
  }
  return largest;
}

/** The largest magnitude in an array. */
export const largestMagnitude = (data: TensorData): number => {
  let largest = 0;
  for (const value of data) largest = Math.max(largest, Math.abs(value));
  return largest;
};
