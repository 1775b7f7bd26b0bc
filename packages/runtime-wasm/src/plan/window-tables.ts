import { effectiveKernel, type WindowAxis } from '@atrous/core';

/** A window at one position: taps `first … last − 1` lie inside the map, tap 0 at `start`. `Position` of `assembly/positions.ts`. */
interface Position {
  readonly first: number;
  readonly last: number;
  readonly start: number;
  readonly count: number;
}

function positionAt(axis: WindowAxis, out: number, countsPadding: boolean): Position {
  const start = out * axis.stride - axis.before;
  const last = Math.max(0, Math.min(axis.kernel, Math.ceil((axis.inExtent - start) / axis.rate)));
  const first = Math.min(last, Math.max(0, Math.ceil(-start / axis.rate)));
  const room = axis.inExtent + axis.after - start;
  return {
    first,
    last,
    start,
    count: countsPadding ? Math.min(effectiveKernel(axis.kernel, axis.rate), room) : last - first,
  };
}

const positionsOf = (axis: WindowAxis, countsPadding: boolean): Position[] =>
  Array.from({ length: axis.outExtent }, (_, out) => positionAt(axis, out, countsPadding));

/** A table of `Position` for each position of the output. @param countsPadding whether means are divided by padding, too. */
export const positionTable = (axis: WindowAxis, countsPadding = false): Int32Array =>
  Int32Array.from(
    positionsOf(axis, countsPadding).flatMap(({ first, last, start, count }) => [first, last, start, count]),
  );

/** A table of `Run`: neighbouring positions with the same taps inside the map. */
export function runTable(axis: WindowAxis): Int32Array {
  const runs: { begin: number; end: number; first: number; last: number }[] = [];
  for (const [out, { first, last }] of positionsOf(axis, false).entries()) {
    const run = runs.at(-1);
    if (run?.first === first && run.last === last) run.end = out + 1;
    else runs.push({ begin: out, end: out + 1, first, last });
  }
  return Int32Array.from(runs.flatMap(({ begin, end, first, last }) => [begin, end, first, last]));
}

/** How many taps of a window are inside the map, at all positions together. */
export const tapsInside = (axis: WindowAxis): number =>
  positionsOf(axis, false).reduce((sum, { first, last }) => sum + last - first, 0);
