import type { TensorData } from '@atrous/core';

/** Index, counted from `from`, of the first largest of `count` values. */
export function largest(values: Float64Array | TensorData, from: number, count: number): number {
  let best = 0;
  let most = values[from] as number;
  for (let index = 1; index < count; index++) {
    const value = values[from + index] as number;
    if (value > most) {
      most = value;
      best = index;
    }
  }
  return best;
}
