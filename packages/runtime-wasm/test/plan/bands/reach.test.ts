import type { WindowAxis } from '@atrous/core';
import { expect, it } from 'vitest';
import { ITSELF, rowsReached, throughWindow } from '../../../src/plan/bands/reach.ts';

const axis = (kernel: number, stride: number, rate: number, before: number): WindowAxis => ({
  ...{ kernel, stride, rate, before, after: before, inExtent: 40, outExtent: 40 / stride },
});

/** What {@link rowsReached} says, tap by tap. */
function rowsOfTaps(windows: readonly WindowAxis[], row: number): readonly number[] {
  const [first, ...rest] = windows;
  if (!first) return [row];
  const taps = Array.from({ length: first.kernel }, (_, tap) => row * first.stride - first.before + tap * first.rate);
  return taps.flatMap((tap) => rowsOfTaps(rest, tap));
}

it.each([
  [[axis(3, 1, 1, 1)]],
  [[axis(3, 2, 1, 0)]],
  [[axis(1, 2, 1, 0), axis(3, 1, 4, 4)]],
  [[axis(3, 2, 1, 1), axis(1, 1, 1, 0), axis(7, 2, 1, 3)]],
])('finds the rows from the first tap to the last of windows one after the other: %#', (windows) => {
  const reach = windows.reduce(throughWindow, ITSELF);
  for (const [from, to] of [
    [0, 1],
    [3, 5],
    [8, 10],
  ] as const) {
    const taps = [...rowsOfTaps(windows, from), ...rowsOfTaps(windows, to - 1)];
    const inside = (row: number): number => Math.max(0, Math.min(40, row));
    const expected = { from: inside(Math.min(...taps)), to: inside(Math.max(...taps) + 1) };
    expect(rowsReached(reach, { from, to }, 40)).toEqual(expected);
  }
});
