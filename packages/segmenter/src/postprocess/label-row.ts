import type { AxisTaps } from './axis-taps.ts';
import { largest } from './largest.ts';
import type { Run } from './runs.ts';

/** Labels of a row of the source image. */
export type LabelArray = Uint8Array | Uint16Array;

/** Finds the class of every pixel of a row from logits that were blended to that row. */
export type RowLabeller = (blended: Float64Array, labels: LabelArray) => void;

/** Classes that can win somewhere in a run: those not below the best guaranteed value. Returns how many were written. */
function findCandidates(blended: Float64Array, { positions }: Run, classes: number, into: Uint32Array): number {
  let guaranteed = -Infinity;
  for (let label = 0; label < classes; label++) {
    let least = Infinity;
    for (const position of positions) least = Math.min(least, blended[position * classes + label] as number);
    guaranteed = Math.max(guaranteed, least);
  }
  let count = 0;
  for (let label = 0; label < classes; label++)
    for (const position of positions)
      if ((blended[position * classes + label] as number) >= guaranteed) {
        into[count++] = label;
        break;
      }
  return count;
}

/**
 * Argmax of interpolated logits without interpolating all of them.
 *
 * Interpolated values are weighted means, so a class that is largest at every logit of a run is largest throughout the run, and a
 * class below another's smallest value at all of them is largest nowhere in it. Both hold for rounded arithmetic too, which keeps
 * order; only exact ties may fall to another of the tied classes.
 */
export function createRowLabeller(
  columns: AxisTaps,
  runs: readonly Run[],
  width: number,
  classes: number,
): RowLabeller {
  const best = new Uint32Array(width);
  const candidates = new Uint32Array(classes);

  const labelRun = (blended: Float64Array, run: Run, labels: LabelArray): void => {
    const count = findCandidates(blended, run, classes, candidates);
    for (let x = run.from; x < run.to; x++) {
      const from = columns.starts[x] as number;
      let most = -Infinity;
      let label = 0;
      for (let index = 0; index < count; index++) {
        const candidate = candidates[index] as number;
        let value = 0;
        for (let tap = 0; tap < run.positions.length; tap++)
          value +=
            (columns.weights[from + tap] as number) *
            (blended[(run.positions[tap] as number) * classes + candidate] as number);
        if (value > most) {
          most = value;
          label = candidate;
        }
      }
      labels[x] = label;
    }
  };

  return (blended, labels) => {
    for (let column = 0; column < width; column++) best[column] = largest(blended, column * classes, classes);
    for (const run of runs) {
      const label = best[run.positions[0] as number] as number;
      if (run.positions.every((position) => best[position] === label)) labels.fill(label, run.from, run.to);
      else labelRun(blended, run, labels);
    }
  };
}
