import type { Pace } from '@atrous/core';
import { energiesFromProbabilities } from '@atrous/crf';

/**
 * Turns probabilities into the CRF's unary energies, in place: with many classes they are the largest array there is.
 *
 * @param probabilities `[h, w, c]`.
 * @returns the same array.
 */
export async function toEnergies(probabilities: Float32Array, height: number, pace: Pace): Promise<Float32Array> {
  const size = probabilities.length / height;
  for (let y = 0; y < height; y++) {
    const row = probabilities.subarray(y * size, (y + 1) * size);
    row.set(energiesFromProbabilities(row));
    const pause = pace(y, height);
    if (pause) await pause;
  }
  return probabilities;
}
