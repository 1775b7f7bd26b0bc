import type { AxisTaps } from './axis-taps.ts';
import { findCandidates } from './candidates.ts';
import { createExponential } from './exponential.ts';
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
  const gathered = new Float64Array(
    classes * runs.reduce((most, { positions }) => Math.max(most, positions.length), 0),
  );
  const exponential = createExponential(-CONFIDENCE_MARGIN);

  /** Puts the candidates' logits side by side, tap after tap. */
  const gather = (blended: Float64Array, { positions }: Run, count: number): void => {
    for (let tap = 0; tap < positions.length; tap++)
      for (let index = 0; index < count; index++)
        gathered[tap * count + index] = blended[
          (positions[tap] as number) * classes + (candidates[index] as number)
        ] as number;
  };

  /** Leaves the values of `count` candidates at a pixel in `values`. */
  const interpolate = (x: number, count: number): void => {
    const from = columns.starts[x] as number;
    const to = columns.starts[x + 1] as number;
    const first = columns.weights[from] as number;
    for (let index = 0; index < count; index++) values[index] = first * (gathered[index] as number);
    for (let tap = from + 1, read = count; tap < to; tap++, read += count) {
      const weight = columns.weights[tap] as number;
      for (let index = 0; index < count; index++)
        values[index] = (values[index] as number) + weight * (gathered[read + index] as number);
    }
  };

  const probabilityOf = (winner: number, count: number): number => {
    const most = values[winner] as number;
    let sum = 0;
    for (let index = 0; index < count; index++) sum += exponential((values[index] as number) - most);
    return 1 / sum;
  };

  const labelRun = (blended: Float64Array, run: Run, labels: LabelArray, confidence?: Float32Array): void => {
    const count = findCandidates(blended, run, classes, confidence ? CONFIDENCE_MARGIN : 0, candidates);
    gather(blended, run, count);
    for (let x = run.from; x < run.to; x++) {
      interpolate(x, count);
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
