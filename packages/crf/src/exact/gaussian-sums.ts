import type { Pace } from '@atrous/core';
import type { KernelFeatures } from './kernel-features.ts';

/**
 * Sums over all pairs of pixels, the pixel itself included: out_i = Σ_j exp(−½|f_i − f_j|²)·v_j.
 *
 * @param values `[pixels, channels]`.
 * @returns `[pixels, channels]`.
 */
export async function gaussianSums(
  { dimensions, values: features }: KernelFeatures,
  values: Float64Array,
  channels: number,
  pace: Pace,
): Promise<Float64Array> {
  const pixels = features.length / dimensions;
  // of each pixel with itself
  const sums = Float64Array.from(values);
  for (let i = 0; i < pixels; i++) {
    for (let j = i + 1; j < pixels; j++) {
      let squared = 0;
      for (let d = 0; d < dimensions; d++)
        squared += (features[i * dimensions + d]! - features[j * dimensions + d]!) ** 2;
      const weight = Math.exp(-0.5 * squared);
      for (let c = 0; c < channels; c++) {
        sums[i * channels + c]! += weight * values[j * channels + c]!;
        sums[j * channels + c]! += weight * values[i * channels + c]!;
      }
    }
    const pause = pace(i + 1, pixels);
    if (pause !== undefined) await pause;
  }
  return sums;
}
