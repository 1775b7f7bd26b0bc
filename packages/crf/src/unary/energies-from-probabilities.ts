import { DataError } from '@atrous/core';

/**
 * Below this a probability is taken for it: −log stays finite, and no pixel is certain. The value of pydensecrf's `unary_from_softmax`.
 */
const SMALLEST = 1e-5;
const LARGEST_ENERGY = -Math.log(SMALLEST);

/**
 * Unary energies of probabilities: −log p, with p kept within 1e-5 and 1.
 *
 * @param probabilities `[pixels, labels]`, for example a network's softmax at full resolution.
 * @returns energies of the same layout.
 * @throws DataError `PROBABILITY` when one is negative or no number.
 * @see Chen et al. 2015, "Semantic Image Segmentation with Deep Convolutional Nets and Fully Connected CRFs", §3.2, arXiv:1412.7062
 */
export function energiesFromProbabilities(probabilities: Float32Array): Float32Array {
  const energies = new Float32Array(probabilities.length);
  for (let i = 0; i < energies.length; i++) {
    const probability = probabilities[i]!;
    if (!(probability >= 0))
      throw new DataError(`number ${i} of the probabilities is ${probability}`, {
        code: 'PROBABILITY',
        hint: 'pass logits as `logits` and energies as `unary`',
      });
    // most labels of a network's pixel are below it, and logarithms take their time
    energies[i] = probability > SMALLEST ? -Math.log(Math.min(1, probability)) : LARGEST_ENERGY;
  }
  return energies;
}
