import { DataError } from '@atrous/core';

/**
 * Unary energies of logits: how far each lies below the pixel's largest. That is −log softmax up to one number for each pixel, which changes no
 * marginal and moves KL divergence and energy by a constant, and there are no exponentials to wait for.
 *
 * @param logits `[pixels, numClasses]`, at full resolution.
 * @returns energies of the same layout, the least of each pixel 0.
 * @throws DataError `NOT_FINITE` when a pixel's logits have no softmax.
 */
export function energiesFromLogits(logits: Float32Array, numClasses: number): Float32Array {
  const energies = new Float32Array(logits.length);
  for (let start = 0; start < logits.length; start += numClasses) {
    const end = start + numClasses;
    let largest = logits[start]!;
    for (let i = start + 1; i < end; i++) largest = Math.max(largest, logits[i]!);
    let sum = 0;
    for (let i = start; i < end; i++) sum += energies[i] = largest - logits[i]!;
    if (!Number.isFinite(sum))
      throw new DataError(`the logits of pixel ${start / numClasses} are not finite numbers`, {
        code: 'NOT_FINITE',
        hint: 'look at the network: its weights may have diverged, or its input is not finite',
      });
  }
  return energies;
}
