import type { AxisTaps } from './axis-taps.ts';

/** Interpolates all logits of a pixel in column `x` of a row that was blended before. */
export type Interpolate = (blended: Float64Array, x: number, values: Float64Array) => void;

/** @param classes numbers that lie side by side. */
export function createInterpolation({ starts, positions, weights }: AxisTaps, classes: number): Interpolate {
  return (blended, x, values) => {
    values.fill(0);
    const to = starts[x + 1] as number;
    for (let tap = starts[x] as number; tap < to; tap++) {
      const start = (positions[tap] as number) * classes;
      const weight = weights[tap] as number;
      for (let label = 0; label < classes; label++)
        values[label] = (values[label] as number) + weight * (blended[start + label] as number);
    }
  };
}
