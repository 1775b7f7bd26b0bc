import type { AxisTaps } from './axis-taps.ts';
import { findCandidates } from './candidates.ts';
import { largest } from './largest.ts';
import type { Run } from './runs.ts';

/** Labels of a row of the source image. */
export type LabelArray = Uint8Array | Uint16Array;

/**
 * Finds the class of every pixel of a row from logits that were blended to that row, `[width, classes]`, and with `confidence` its
 * probability.
 */
export type RowLabeller = (blended: Float64Array, labels: LabelArray, confidence?: Float32Array) => void;

/** Classes this far below the largest logit change a probability by less than a 32-bit number can tell: `exp(−23) ≈ 1e−10`. */
const CONFIDENCE_MARGIN = 23;

/**
 * Argmax of interpolated logits without interpolating all of them: what is largest at every logit of a run is largest throughout the
 * run, and elsewhere only a few classes come into question. Only exact ties may fall to another of the tied classes.
 */
export function createRowLabeller(
  columns: AxisTaps,
  runs: readonly Run[],
  width: number,
  classes: number,
): RowLabeller {
  const best = new Uint32Array(width);
  const candidates = new Uint32Array(classes);
  const values = new Float64Array(classes);

  /** Leaves the values of `count` candidates at a pixel in `values`. */
  const interpolate = (blended: Float64Array, { positions }: Run, x: number, count: number): void => {
    const from = columns.starts[x] as number;
    for (let index = 0; index < count; index++) {
      const candidate = candidates[index] as number;
      let value = 0;
      for (let tap = 0; tap < positions.length; tap++)
        value +=
          (columns.weights[from + tap] as number) *
          (blended[(positions[tap] as number) * classes + candidate] as number);
      values[index] = value;
    }
  };

  const probabilityOf = (winner: number, count: number): number => {
    const most = values[winner] as number;
    let sum = 0;
    for (let index = 0; index < count; index++) sum += Math.exp((values[index] as number) - most);
    return 1 / sum;
  };

  const labelRun = (blended: Float64Array, run: Run, labels: LabelArray, confidence?: Float32Array): void => {
    const count = findCandidates(blended, run, classes, confidence ? CONFIDENCE_MARGIN : 0, candidates);
    for (let x = run.from; x < run.to; x++) {
      interpolate(blended, run, x, count);
      const winner = largest(values, 0, count);
      labels[x] = candidates[winner] as number;
      if (confidence) confidence[x] = probabilityOf(winner, count);
    }
  };

  return (blended, labels, confidence) => {
    for (let column = 0; column < width; column++) best[column] = largest(blended, column * classes, classes);
    for (const run of runs) {
      const label = best[run.positions[0] as number] as number;
      const uniform = !confidence && run.positions.every((position) => best[position] === label);
      if (uniform) labels.fill(label, run.from, run.to);
      else labelRun(blended, run, labels, confidence);
    }
  };
}
