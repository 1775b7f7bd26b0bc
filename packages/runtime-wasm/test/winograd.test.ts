import { createGraphBuilder, type Padding, type Tensor } from '@atrous/core';
import { referenceRuntime } from '@atrous/runtime-reference';
import { largestDifference } from '@atrous/testing';
import { expect, it } from 'vitest';
import { simd } from '../src/simd.ts';
import { randomTensor, withRandomWeights } from '@atrous/testing/small-network';

interface Case {
  readonly shape: readonly number[];
  readonly filters: number;
  readonly atrousRate: number | readonly [number, number];
  readonly padding: Padding;
}

const networkOf = ({ shape, filters, atrousRate, padding }: Case) => {
  const b = createGraphBuilder();
  const image = b.input({ shape });
  const options = { name: 'conv', filters, kernel: 3, atrousRate, padding, useBias: true } as const;
  return withRandomWeights(b.build({ y: b.activation(b.conv2d(image, options), 'relu6') }));
};

async function compute(
  network: ReturnType<typeof networkOf>,
  image: Tensor,
  options: { threads: number; exact: boolean },
) {
  using executable = await simd({ threads: options.threads }).compile(network.graph, network.weights, options);
  return (await executable.run(image)).y!;
}

it.each<[string, Case]>([
  ['4×4 tiles', { shape: [1, 23, 26, 40], filters: 41, atrousRate: 1, padding: 'same' }],
  ['4×4 tiles of phases', { shape: [2, 25, 22, 64], filters: 64, atrousRate: 2, padding: 'same' }],
  ['3×3 tiles of phases', { shape: [1, 18, 17, 128], filters: 128, atrousRate: 6, padding: 'same' }],
  ['4×4 tiles that fill phases', { shape: [1, 16, 32, 128], filters: 128, atrousRate: 4, padding: 'same' }],
  ['phases of two and of three', { shape: [2, 33, 31, 64], filters: 64, atrousRate: 12, padding: 'same' }],
  ['phases of one and of two', { shape: [1, 25, 33, 64], filters: 64, atrousRate: 18, padding: 'same' }],
  [
    'phases of two, and 2×2 tiles where pads are of another size',
    { shape: [2, 26, 26, 128], filters: 128, atrousRate: 13, padding: { top: 13, bottom: 13, left: 12, right: 14 } },
  ],
  ['4×4 tiles without padding', { shape: [1, 23, 26, 40], filters: 48, atrousRate: [1, 2], padding: 'valid' }],
  [
    'uneven pads',
    { shape: [1, 20, 20, 64], filters: 64, atrousRate: 1, padding: { top: 0, bottom: 3, left: 2, right: 1 } },
  ],
])('gives what the convolution gives, but for rounding: %s', async (_, spec) => {
  const network = networkOf(spec);
  const image = randomTensor('image', spec.shape);
  using reference = await referenceRuntime().compile(network.graph, network.weights);
  const expected = (await reference.run(image)).y!;
  const exact = await compute(network, image, { threads: 1, exact: true });
  const alone = await compute(network, image, { threads: 1, exact: false });
  const together = await compute(network, image, { threads: 2, exact: false });
  expect(largestDifference(exact.data, expected.data).value).toBeLessThan(1e-5);
  expect(largestDifference(alone.data, expected.data).value).toBeLessThan(4e-5);
  expect(together).toEqual(alone);
  // tiles were used
  expect(alone).not.toEqual(exact);
});
