import { createRandom } from '@atrous/core';
import type { Compatibility, FieldSpec } from '@atrous/crf';
import { exact } from '@atrous/crf/exact';
import { lattice } from '@atrous/crf/lattice';
import { largestDifference } from '@atrous/testing';
import { expect, it } from 'vitest';
import { numbersOf, withNumbers } from '../src/crf/crf-weights.ts';
import { softmax } from '../src/crf/softmax.ts';
import { unrollMeanField } from '../src/crf/unroll-mean-field.ts';

const [width, height, labels, iterations] = [6, 5, 3, 4];
const random = createRandom(1, 'crf-gradients');
const floats = (length: number, low: number, high: number): Float32Array =>
  Float32Array.from({ length }, () => random.uniform(low, high));
const spec: FieldSpec = {
  ...{ width, height },
  image: { width, height, data: Uint8Array.from({ length: width * height * 3 }, () => random.integer(256)) },
  kernels: [
    { kind: 'gaussian', xyStd: [1.5, 2] },
    { kind: 'bilateral', xyStd: 4, rgbStd: 120, normalization: 'before' },
    { kind: 'gaussian', xyStd: 3, normalization: 'after' },
  ],
};
const unary = floats(width * height * labels, 0, 2);
const compatibilities: readonly Compatibility[] = [
  0.8,
  { perLabel: floats(labels, 0.5, 2) },
  { matrix: floats(labels * labels, -1, 2) },
];
/** The scalar that is differentiated: a weighted sum of the logits. */
const slopes = floats(unary.length, -1, 1);

const moved = (k: number, number: number, by: number): readonly Compatibility[] =>
  compatibilities.map((weight, other) => {
    if (other !== k) return weight;
    const numbers = numbersOf(weight, labels).numbers.slice();
    numbers[number]! += by;
    return withNumbers(weight, numbers);
  });

it.each([exact(), lattice()])('goes the steps of mean field on the engine $name', async (engine) => {
  using field = await engine.prepare(spec);
  for (const count of [0, 1, 4]) {
    const { logits } = await unrollMeanField({ field, labels, unary, compatibilities, iterations: count });
    const { marginals } = await field.infer({ labels, unary, compatibilities, iterations: count, tolerance: 0 });
    expect(largestDifference(softmax(logits, labels), marginals).value).toBeLessThan(1e-5);
  }
});

it.each([exact(), lattice()])('has the slopes of finite differences on the engine $name', async (engine) => {
  using field = await engine.prepare(spec);
  const unroll = (weights: readonly Compatibility[]) =>
    unrollMeanField({ field, labels, unary, compatibilities: weights, iterations });
  const valueOf = async (weights: readonly Compatibility[]): Promise<number> =>
    (await unroll(weights)).logits.reduce((sum, logit, i) => sum + logit * slopes[i]!, 0);
  const gradients = await (await unroll(compatibilities)).backward(slopes);
  expect(gradients.map(({ length }) => length)).toEqual([1, labels, labels * labels]);
  const step = 1e-2;
  for (const [k, gradient] of gradients.entries())
    for (const [number, slope] of gradient.entries()) {
      const difference = (await valueOf(moved(k, number, step))) - (await valueOf(moved(k, number, -step)));
      const expected = difference / (2 * step);
      expect(Math.abs(slope - expected), `number ${number} of kernel ${k}`).toBeLessThan(
        1e-3 * (1 + Math.abs(expected)),
      );
    }
});

it('stops when it is aborted, on the way there and on the way back', async () => {
  using field = await exact().prepare(spec);
  const abort = new AbortController();
  const call = { field, labels, unary, compatibilities, iterations, signal: abort.signal };
  const unrolled = await unrollMeanField(call);
  abort.abort(new Error('enough'));
  await expect(unrolled.backward(slopes)).rejects.toThrow('enough');
  await expect(unrollMeanField(call)).rejects.toThrow('enough');
});
