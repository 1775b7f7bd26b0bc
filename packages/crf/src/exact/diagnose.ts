/** What mean field lowers, and what the model calls energy. */
export interface Diagnosis {
  readonly kl: number;
  readonly energy: number;
}

/** Below this a marginal counts as it in the logarithm, as in pydensecrf. */
const SMALLEST = 1e-20;

/**
 * KL divergence up to its constant, and expected energy, of marginals.
 *
 * @param messages C(KQ) of all kernels together, `[pixels, labels]`.
 */
export function diagnose(marginals: Float64Array, unary: Float32Array, messages: Float64Array): Diagnosis {
  let [negativeEntropy, single, pairs] = [0, 0, 0];
  for (const [i, q] of marginals.entries()) {
    negativeEntropy += q * Math.log(Math.max(q, SMALLEST));
    single += q * unary[i]!;
    pairs += q * messages[i]!;
  }
  return { kl: negativeEntropy + single + pairs, energy: single + pairs / 2 };
}
