import type { AxisTaps } from './axis-taps.ts';

/** Neighbouring pixels of a line that are made of the same logits. */
export interface Run {
  readonly from: number;
  /** Exclusive. */
  readonly to: number;
  /** Positions in the logits. */
  readonly positions: Uint32Array;
}

/** Cuts a line into runs. */
export function runsOf({ starts, positions }: AxisTaps): readonly Run[] {
  const own = (index: number): Uint32Array => positions.subarray(starts[index], starts[index + 1]);
  const runs: Run[] = [];
  const extent = starts.length - 1;
  for (let from = 0; from < extent;) {
    const first = own(from);
    let to = from + 1;
    while (to < extent && own(to).join() === first.join()) to++;
    runs.push({ from, to, positions: first });
    from = to;
  }
  return runs;
}
