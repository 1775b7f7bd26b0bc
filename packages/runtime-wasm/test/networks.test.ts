import { referenceRuntime } from '@atrous/runtime-reference';
import { largestDifference } from '@atrous/testing';
import { expect, it } from 'vitest';
import { simd } from '../src/simd.ts';
import { randomTensor, smallNetwork } from '@atrous/testing/small-network';

const { graph, weights } = smallNetwork();

it.each([
  [1, 37, 41],
  [3, 24, 19],
  [1, 1, 1],
])('gives what the reference does for %i images of %i × %i', async (n, h, w) => {
  const photo = randomTensor('photo', [n, h, w, 3]);
  using reference = await referenceRuntime().compile(graph, weights);
  const expected = await reference.run(photo);
  for (const exact of [false, true]) {
    using executable = await simd({ threads: 1 }).compile(graph, weights, { exact });
    const { logits, labels } = await executable.run(photo);
    expect(largestDifference(logits!.data, expected.logits!.data).value).toBeLessThan(1e-5);
    expect(labels).toEqual(expected.labels);
  }
});

it('goes from size to size, and back, in the memory of the largest', async () => {
  using executable = await simd({ threads: 1 }).compile(graph, weights);
  const [small, large] = [randomTensor('small', [1, 20, 30, 3]), randomTensor('large', [1, 200, 300, 3])];
  const first = await executable.run(small);
  await executable.run(large);
  const { bytes } = executable.memory();
  expect(await executable.run(small)).toEqual(first);
  expect(executable.memory().bytes).toBe(bytes);
});

it('runs out of memory with an error, and goes on with smaller images', async () => {
  using executable = await simd({ threads: 1 }).compile(graph, weights);
  const huge = { shape: [1, 16384, 16384, 3], data: new Float32Array(0) };
  await expect(executable.run(huge)).rejects.toMatchObject({ name: 'BackendError', code: 'OUT_OF_MEMORY' });
  const { labels } = await executable.run(randomTensor('photo', [1, 9, 9, 3]));
  expect(labels?.shape).toEqual([1, 9, 9, 1]);
});
