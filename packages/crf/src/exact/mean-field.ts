import { createPace, type LongRunningOptions, type Pace } from '@atrous/core';
import type { CrfInference, CrfProblem } from '../engine.ts';
import { addMessages } from './add-messages.ts';
import { diagnose } from './diagnose.ts';
import type { ExactKernel } from './exact-kernel.ts';
import { softmax } from './softmax.ts';

async function messagesOf(
  marginals: Float64Array,
  kernels: readonly ExactKernel[],
  { labels, compatibilities }: CrfProblem,
  pace: Pace,
): Promise<Float64Array> {
  const messages = new Float64Array(marginals.length);
  for (const [k, kernel] of kernels.entries())
    addMessages(messages, await kernel.filter(marginals, labels, pace), labels, compatibilities[k]!);
  return messages;
}

function largestChange(a: Float64Array, b: Float64Array): number {
  let largest = 0;
  for (const [i, value] of a.entries()) largest = Math.max(largest, Math.abs(value - b[i]!));
  return largest;
}

/**
 * Mean field, all pixels at once: Q = softmax(−U), then Q = softmax(−U − Σ C(KQ)) again and again.
 *
 * @see Krähenbühl and Koltun 2011, "Efficient Inference in Fully Connected CRFs with Gaussian Edge Potentials", §3, algorithm 1
 */
export async function meanField(
  problem: CrfProblem,
  kernels: readonly ExactKernel[],
  options: LongRunningOptions,
): Promise<CrfInference> {
  const { labels, unary, iterations, stopBelow = 0, diagnostics = false } = problem;
  // progress counts iterations; rows of pixels only let events through
  const pace = createPace('infer', { signal: options.signal });
  const [kl, energy]: [number[], number[]] = [[], []];
  let marginals = softmax(Float64Array.from(unary), labels);
  let messages = iterations > 0 ? await messagesOf(marginals, kernels, problem, pace) : new Float64Array(0);
  let completed = 0;
  while (completed < iterations) {
    const previous = marginals;
    marginals = softmax(
      messages.map((message, i) => unary[i]! + message),
      labels,
    );
    completed++;
    options.onProgress?.({ phase: 'infer', completed, total: iterations });
    const isLast = completed === iterations || (stopBelow > 0 && largestChange(marginals, previous) <= stopBelow);
    if (!isLast || diagnostics) messages = await messagesOf(marginals, kernels, problem, pace);
    if (diagnostics) {
      const diagnosis = diagnose(marginals, unary, messages);
      kl.push(diagnosis.kl);
      energy.push(diagnosis.energy);
    }
    if (isLast) break;
  }
  return { marginals: Float32Array.from(marginals), iterations: completed, ...(diagnostics && { kl, energy }) };
}
