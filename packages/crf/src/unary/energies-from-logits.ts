import { DataError } from '@atrous/core';

/**
 * Unary energies of logits: −log softmax, without the rounding and clipping of probabilities.
 *
 * @param logits `[pixels, numClasses]`, at full resolution.
 * @returns energies of the same layout.
 * @throws DataError `NOT_FINITE` when a pixel's logits have no softmax.
 */
export function energiesFromLogits(logits: Float32Array, numClasses: number): Float32Array {
  const energies = new Float32Array(logits.length);
  for (let start = 0; start < logits.length; start += numClasses) {
    const end = start + numClasses;
    let largest = -Infinity;
    for (let i = start; i < end; i++) largest = Math.max(largest, logits[i]!);
    let sum = 0;
    for (let i = start; i < end; i++) sum += Math.exp(logits[i]! - largest);
    const normalizer = largest + Math.log(sum);
    if (!Number.isFinite(normalizer))
      throw new DataError(`the logits of pixel ${start / numClasses} are not finite numbers`, {
        code: 'NOT_FINITE',
        hint: 'look at the network: its weights may have diverged, or its input is not finite',
      });
    for (let i = start; i < end; i++) energies[i] = normalizer - logits[i]!;
  }
  return energies;
}
