import { referenceRuntime } from '@atrous/runtime-reference';
import { largestDifference, largestMagnitude, randomNetwork } from '@atrous/testing';
import { afterEach, expect, it, vi } from 'vitest';
import { webgpu } from '../src/webgpu.ts';
import { randomTensor, smallNetwork } from '@atrous/testing/small-network';
import { describeOnGpu, runtime } from './support/on-gpu.ts';

afterEach(() => vi.restoreAllMocks());

describeOnGpu('networks', () => {
  it.each(Array.from({ length: 10 }, (_, seed) => seed))('made up at random, number %i', async (seed) => {
    const { graph, weights, image } = randomNetwork(seed);
    using reference = await referenceRuntime().compile(graph, weights);
    using executable = await runtime.compile(graph, weights);
    const [expected, actual] = [await reference.run(image), await executable.run(image)];
    for (const name of ['last', 'other']) {
      const allowed = 1e-4 * Math.max(1, largestMagnitude(expected[name]!.data));
      expect(largestDifference(actual[name]!.data, expected[name]!.data).value).toBeLessThan(allowed);
    }
  });

  it('in float16 where the device computes in it, but for `exact`', async () => {
    const { graph, weights } = smallNetwork();
    using plain = await runtime.compile(graph, weights);
    using own = webgpu({ software: true });
    using full = await own.compile(graph, weights);
    expect(full.memory()).toEqual(plain.memory());
    vi.spyOn(full.device.features, 'has').mockImplementation((feature) => feature === 'shader-f16');
    using half = await own.compile(graph, weights);
    expect(half.memory().bytes).toBeLessThan(0.7 * full.memory().bytes);
    using exact = await own.compile(graph, weights, { exact: true });
    using exactly = await runtime.compile(graph, weights, { exact: true });
    expect(exact.memory()).toEqual(exactly.memory());
  });

  it('in float16, but for rounding', async () => {
    const { graph, weights } = smallNetwork();
    const photo = randomTensor('photo', [2, 37, 41, 3]);
    using half = webgpu({ software: true, precision: 'float16' });
    using reference = await referenceRuntime().compile(graph, weights);
    using executable = await half.compile(graph, weights);
    using full = await runtime.compile(graph, weights);
    const [expected, actual] = [await reference.run(photo), await executable.run(photo)];
    const { value } = largestDifference(actual.logits!.data, expected.logits!.data);
    expect(value).toBeGreaterThan(1e-5);
    expect(value).toBeLessThan(4e-3);
    const different = expected.labels!.data.filter((label, i) => label !== actual.labels!.data[i]).length;
    expect(different / expected.labels!.data.length).toBeLessThan(0.01);
    await full.run(photo);
    expect(executable.memory().bytes).toBeLessThan(full.memory().bytes);
  });
});
