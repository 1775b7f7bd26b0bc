import { exact } from '@atrous/crf/exact';
import { largestDifference } from '@atrous/testing';
import { expect, it } from 'vitest';
import { denseOracle, kernelMatrix } from './support/dense-oracle.ts';
import { randomProblem } from './support/random-problem.ts';

const FLOAT32 = 2 ** -23;

it('equals mean field with whole matrices on 500 random problems', async () => {
  for (let seed = 0; seed < 500; seed++) {
    const { field, problem } = randomProblem(seed, { longestSide: 6, mostLabels: 5 });
    using prepared = await exact().prepare(field);
    const { marginals, iterations } = await prepared.infer(problem);
    const expected = Float32Array.from(denseOracle(field, problem).flat());
    expect(largestDifference(marginals, expected).value, `seed ${seed}`).toBeLessThan(FLOAT32);
    expect(iterations).toBe(problem.iterations);
  }
});

it('filters with the kernel and with its transpose', async () => {
  for (let seed = 0; seed < 40; seed++) {
    const { field } = randomProblem(seed, { longestSide: 5, mostLabels: 3 });
    using prepared = await exact().prepare(field);
    const pixels = field.width * field.height;
    const values = Float32Array.from({ length: pixels * 2 }, (_, i) => Math.sin(i));
    for (const [k, kernel] of field.kernels.entries()) {
      const matrix = kernelMatrix(kernel, field);
      for (const transpose of [false, true]) {
        const entry = (i: number, j: number) => (transpose ? matrix[j]![i]! : matrix[i]![j]!);
        const expected = Float32Array.from({ length: pixels * 2 }, (_, at) =>
          matrix.reduce((sum, _row, j) => sum + entry(at >> 1, j) * values[j * 2 + (at & 1)]!, 0),
        );
        const filtered = await prepared.filter(k, values, 2, transpose);
        expect(largestDifference(filtered, expected).value).toBeLessThan(1e-5);
      }
    }
  }
});

it('lowers the KL divergence with positive definite kernels, and says the energy', async () => {
  const { field, problem } = randomProblem(7, { longestSide: 6, mostLabels: 4, normalizations: ['symmetric'] });
  using prepared = await exact().prepare(field);
  const weak = field.kernels.map(() => 0.4);
  const { kl = [], energy = [] } = await prepared.infer({
    ...problem,
    compatibilities: weak,
    iterations: 6,
    diagnostics: true,
  });
  expect(kl).toHaveLength(6);
  expect(energy).toHaveLength(6);
  expect(kl.toSorted((a, b) => b - a)).toEqual(kl);
});

it('computes KL divergence and energy of a pair of pixels as written down by hand', async () => {
  const field = { width: 2, height: 1, kernels: [{ kind: 'gaussian', xyStd: 1, normalization: 'none' }] } as const;
  using prepared = await exact().prepare(field);
  const unary = Float32Array.of(0, 1, 2, 0.5);
  const call = { labels: 2, unary, compatibilities: [0.25], diagnostics: true };
  const { marginals, kl, energy } = await prepared.infer({ ...call, iterations: 1 });
  const [a, b, c, d] = marginals as unknown as [number, number, number, number];
  const k = Math.exp(-0.5);
  const single = b + 2 * c + 0.5 * d;
  const pairs = -0.25 * (a * a + b * b + c * c + d * d + 2 * k * (a * c + b * d));
  const entropy = -[a, b, c, d].reduce((sum, q) => sum + q * Math.log(q), 0);
  expect(energy![0]).toBeCloseTo(single + pairs / 2, 6);
  expect(kl![0]).toBeCloseTo(single + pairs - entropy, 6);
});

it('stops when nothing moves any more', async () => {
  const { field, problem } = randomProblem(3, { longestSide: 6, mostLabels: 4, normalizations: ['symmetric'] });
  using prepared = await exact().prepare(field);
  const call = { ...problem, compatibilities: field.kernels.map(() => 0.3) };
  const stopped = await prepared.infer({ ...call, iterations: 200, stopBelow: 1e-3 });
  expect(stopped.iterations).toBeLessThan(20);
  const before = await prepared.infer({ ...call, iterations: stopped.iterations - 1 });
  const same = await prepared.infer({ ...call, iterations: stopped.iterations });
  expect(stopped.marginals).toEqual(same.marginals);
  expect(largestDifference(before.marginals, stopped.marginals).value).toBeLessThanOrEqual(1e-3);
});
