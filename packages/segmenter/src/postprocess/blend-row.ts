import type { TensorData } from '@atrous/core';
import type { AxisTaps } from './axis-taps.ts';

/** Interpolates the logits between their rows: writes row `y` of the source image, still at the logits' width. */
export function blendRow(logits: TensorData, rows: AxisTaps, y: number, into: Float64Array): void {
  const size = into.length;
  const from = rows.starts[y] as number;
  const to = rows.starts[y + 1] as number;
  for (let tap = from; tap < to; tap++) {
    const weight = rows.weights[tap] as number;
    const start = (rows.positions[tap] as number) * size;
    if (tap === from)
      for (let index = 0; index < size; index++) into[index] = weight * (logits[start + index] as number);
    else
      for (let index = 0; index < size; index++)
        into[index] = (into[index] as number) + weight * (logits[start + index] as number);
  }
}
