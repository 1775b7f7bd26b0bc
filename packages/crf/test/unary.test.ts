import {
  denseCrf,
  energiesFromLabels,
  energiesFromLogits,
  energiesFromProbabilities,
  type UnarySource,
} from '@atrous/crf';
import { exact } from '@atrous/crf/exact';
import { largestDifference } from '@atrous/testing';
import { expect, it } from 'vitest';

const rounded = (numbers: Float32Array): readonly number[] =>
  Array.from(numbers, (number) => Number(number.toFixed(4)));

it('keeps probabilities within 1e-5 and 1 before the logarithm', () => {
  expect(rounded(energiesFromProbabilities(Float32Array.of(0.25, 1, 0, 1.5)))).toEqual([1.3863, 0, 11.5129, 0]);
});

it('takes large logits without overflow', () => {
  expect(rounded(energiesFromLogits(Float32Array.of(1000, 1001, -5, -5), 2))).toEqual([1, 0, 0, 0]);
});

it('gives the other classes equal shares of what a hard label leaves', () => {
  const energies = energiesFromLabels({ labels: [2, 0, 255], numClasses: 3, confidence: 0.5, unsureLabel: 255 });
  const [half, quarter, third] = [0.6931, 1.3863, 1.0986];
  expect(rounded(energies)).toEqual([quarter, quarter, half, half, quarter, quarter, third, third, third]);
});

it('trusts each hard label as much as it says', () => {
  const energies = energiesFromLabels({ labels: [0, 1], numClasses: 2, confidence: Float32Array.of(0.9, 0.6) });
  expect(rounded(energies)).toEqual([0.1054, 2.3026, 0.9163, 0.5108]);
});

it('comes to the same from logits, probabilities, energies, arrays and tensors', async () => {
  const [width, height] = [4, 3];
  const logits = Float32Array.from({ length: 36 }, (_, i) => Math.sin(i * i));
  const unary = energiesFromLogits(logits, 3);
  const likelihoods = unary.map((energy) => Math.exp(-energy));
  const probabilities = likelihoods.map(
    (likelihood, i) => likelihood / likelihoods.subarray(i - (i % 3), i - (i % 3) + 3).reduce((a, b) => a + b),
  );
  const image = { width, height, data: Uint8Array.from({ length: 36 }, (_, i) => (i * 37) % 256) };
  const marginalsOf = async (source: UnarySource) => (await denseCrf({ ...source, image, engine: exact() })).marginals;
  const expected = await marginalsOf({ unary });
  const sources: UnarySource[] = [
    { logits },
    { probabilities },
    { logits: { shape: [1, height, width, 3], data: logits } },
    { unary: { shape: [height, width, 3], data: unary } },
  ];
  for (const source of sources) expect(largestDifference(await marginalsOf(source), expected).value).toBeLessThan(1e-5);
});

it('does not change what it is given', async () => {
  const unary = Float32Array.of(1, 2, 3, 4);
  await denseCrf({ unary, width: 2, height: 1, bilateralWeight: 0, engine: exact() });
  expect(unary).toEqual(Float32Array.of(1, 2, 3, 4));
});
