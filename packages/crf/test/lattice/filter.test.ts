import { createRandom } from '@atrous/core';
import { expect, it } from 'vitest';
import { lattice } from '../../src/lattice/lattice.ts';
import type { Normalization } from '../../src/kernel-spec.ts';
import { filterPlainly } from './plain-lattice.ts';

const random = createRandom('lattice filter');
const uniform = (length: number, low: number, high: number): Float32Array =>
  Float32Array.from({ length }, () => random.uniform(low, high));

const channelOf = (values: Float32Array, channels: number, channel: number): number[] =>
  Array.from(values).filter((_, i) => i % channels === channel);

const expectNear = (actual: readonly number[], expected: readonly number[], relative = 2e-5): void => {
  const scale = Math.max(...expected.map(Math.abs));
  const error = Math.max(...actual.map((value, i) => Math.abs(value - expected[i]!)));
  expect(error).toBeLessThan(relative * scale);
};

function featuresIn(dimensions: number, pixels: number, spread: number) {
  const features = uniform(pixels * dimensions, -spread, spread);
  const rows = Array.from({ length: pixels }, (_, i) => [...features.subarray(i * dimensions, (i + 1) * dimensions)]);
  return { features, rows };
}

const fieldOf = (dimensions: number, features: Float32Array, normalization: Normalization, engine = lattice()) =>
  engine.prepare({
    width: features.length / dimensions,
    height: 1,
    kernels: [{ kind: 'features', dimensions, features, normalization }],
  });

it.each([1, 2, 3, 4, 5, 6, 7, 8, 11, 12, 16])(
  'filters in %i dimensions as the plain lattice does',
  async (dimensions) => {
    const { features, rows } = featuresIn(dimensions, 203, 4 / dimensions);
    const values = uniform(203, 0, 1);
    using field = await fieldOf(dimensions, features, 'none');
    expectNear([...(await field.filter(0, values, 1))], filterPlainly(rows, [...values]));
    expectNear([...(await field.filter(0, values, 1, true))], filterPlainly(rows, [...values], true));
  },
);

it.each([
  // groups of vertices at one place, batches of such, and so few that all are blurred at once
  [3, 12, 1],
  [3, 12, 3],
  [5, 3, 1],
  [5, 3, 3],
  [5, 0.8, 3],
])(
  'filters in %i dimensions, %f wide, with %i threads as the plain lattice does',
  async (dimensions, spread, threads) => {
    const { features, rows } = featuresIn(dimensions, 6000, spread);
    const values = uniform(6000, 0, 1);
    using engine = lattice({ threads });
    using field = await fieldOf(dimensions, features, 'none', engine);
    expectNear([...(await field.filter(0, values, 1))], filterPlainly(rows, [...values]));
    expectNear([...(await field.filter(0, values, 1, true))], filterPlainly(rows, [...values], true));
  },
);

it('keeps vertices apart whose coordinates do not fit one word side by side', async () => {
  const { features, rows } = featuresIn(9, 150, 400);
  // near pairs, or every pixel would be alone
  for (let i = 0; i < 75 * 9; i++) features[75 * 9 + i] = features[i]! + random.uniform(-0.2, 0.2);
  for (let i = 0; i < 75; i++) rows[75 + i] = [...features.subarray((75 + i) * 9, (76 + i) * 9)];
  const values = uniform(150, 0, 1);
  using field = await fieldOf(9, features, 'none');
  // single precision at 400 standard deviations
  expectNear([...(await field.filter(0, values, 1))], filterPlainly(rows, [...values]), 1e-3);
});

it.each([1, 4, 5, 21, 24, 25, 50])('filters %i channels as one at a time', async (channels) => {
  const { features } = featuresIn(3, 100, 2);
  const values = uniform(100 * channels, -1, 1);
  using field = await fieldOf(3, features, 'symmetric');
  const together = await field.filter(0, values, channels);
  for (const channel of [0, channels >> 1, channels - 1]) {
    const alone = await field.filter(0, Float32Array.from(channelOf(values, channels, channel)), 1);
    expect(channelOf(together, channels, channel)).toEqual([...alone]);
  }
});

it.each(['symmetric', 'before', 'after', 'none'] as const)('transposes with %s norms', async (normalization) => {
  const { features } = featuresIn(4, 120, 2);
  const [a, b] = [uniform(120, -1, 1), uniform(120, -1, 1)];
  using field = await fieldOf(4, features, normalization);
  const product = (x: Float32Array, y: Float32Array): number => x.reduce((sum, value, i) => sum + value * y[i]!, 0);
  const forward = product(a, await field.filter(0, b, 1));
  expect(product(await field.filter(0, a, 1, true), b)).toBeCloseTo(forward, 3);
});

it('leaves a constant as it is when sums are divided by norms', async () => {
  const { features } = featuresIn(5, 90, 1);
  using field = await fieldOf(5, features, 'after');
  for (const value of await field.filter(0, new Float32Array(90).fill(3), 1)) expect(value).toBeCloseTo(3, 5);
});
