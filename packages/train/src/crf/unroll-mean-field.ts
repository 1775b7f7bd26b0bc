import type { CrfField, CrfProblem } from '@atrous/crf';
import { addWeighted, addWeightGradient, numbersOf } from './crf-weights.ts';
import { softmax, softmaxGradient } from './softmax.ts';

/** A problem and a way to leave it. */
interface UnrollCall extends Pick<CrfProblem, 'labels' | 'unary' | 'compatibilities' | 'iterations'> {
  readonly field: CrfField;
  readonly signal?: AbortSignal | undefined;
}

/** What one step of mean field is differentiated with. */
interface Step {
  /** Q before it, `[pixels, labels]`. */
  readonly marginals: Float32Array;
  /** KQ of each kernel. */
  readonly filtered: readonly Float32Array[];
}

/** Mean field that can be gone back. */
export interface UnrolledMeanField {
  /** −U − Σ C(KQ) after the last step, `[pixels, labels]`: its softmax are the marginals. */
  readonly logits: Float32Array;
  /**
   * How a scalar changes with the numbers of each kernel's compatibility, in the kernels' order.
   *
   * @param gradient the scalar's gradient by {@link logits}.
   */
  backward(gradient: Float32Array): Promise<readonly Float64Array[]>;
}

/**
 * Mean field as a network of as many layers as it has steps, all with the same weights. A map per step and one per kernel and step are kept for the way
 * back, which filters with the transposed kernels.
 *
 * @see Zheng et al. 2015, "Conditional Random Fields as Recurrent Neural Networks", §4, arXiv:1502.03240
 */
export async function unrollMeanField(call: UnrollCall): Promise<UnrolledMeanField> {
  const { labels, unary, iterations } = call;
  const steps: Step[] = [];
  let logits = unary.map((energy) => -energy);
  while (steps.length < iterations) {
    const step = await filterAll(call, softmax(logits, labels));
    logits = unary.map((energy) => -energy);
    for (const [k, weight] of call.compatibilities.entries()) addWeighted(logits, weight, step.filtered[k]!, labels);
    steps.push(step);
  }
  return { logits, backward: (gradient) => goBack(call, steps, gradient) };
}

async function filterAll(
  { field, compatibilities, labels, signal }: UnrollCall,
  marginals: Float32Array,
): Promise<Step> {
  const filtered: Float32Array[] = [];
  for (const k of compatibilities.keys()) {
    signal?.throwIfAborted();
    filtered.push(await field.filter(k, marginals, labels));
  }
  return { marginals, filtered };
}

async function goBack(call: UnrollCall, steps: readonly Step[], gradient: Float32Array) {
  const { compatibilities, labels } = call;
  const sums = compatibilities.map((weight) => new Float64Array(numbersOf(weight, labels).numbers.length));
  let byLogits = gradient;
  for (const [later, { marginals, filtered }] of steps.toReversed().entries()) {
    for (const [k, weight] of compatibilities.entries())
      addWeightGradient(sums[k]!, weight, byLogits, filtered[k]!, labels);
    // the softmax of the unary, before the first step, does not depend on weights
    if (later === steps.length - 1) break;
    byLogits = softmaxGradient(marginals, await gradientByMarginals(call, byLogits), labels);
  }
  return sums;
}

async function gradientByMarginals(
  { field, compatibilities, labels, signal }: UnrollCall,
  byLogits: Float32Array,
): Promise<Float32Array> {
  const sum = new Float32Array(byLogits.length);
  for (const [k, weight] of compatibilities.entries()) {
    signal?.throwIfAborted();
    const drawn = new Float32Array(byLogits.length);
    addWeighted(drawn, weight, byLogits, labels);
    for (const [i, value] of (await field.filter(k, drawn, labels, true)).entries()) sum[i]! += value;
  }
  return sum;
}
