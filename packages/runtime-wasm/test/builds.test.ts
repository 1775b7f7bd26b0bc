import { setFlagsFromString } from 'node:v8';
import { largestDifference } from '@atrous/testing';
import { expect, it } from 'vitest';
import { fastestBuild, plain, relaxed } from '../src/builds.ts';
import { compileNetwork } from '../src/compile-network.ts';
import { simd } from '../src/simd.ts';
import { randomTensor, smallNetwork } from '@atrous/testing/small-network';

const { graph, weights } = smallNetwork();
const photo = randomTensor('photo', [1, 37, 41, 3]);

it('takes the plain build where there is no relaxed SIMD, and one of both where there is', async () => {
  if (!relaxed.isSupported()) expect(await fastestBuild()).toBe(plain);
  else expect([plain, relaxed]).toContain(await fastestBuild());
});

it('gives the same with relaxed SIMD but for rounding', async () => {
  // Node 20 has it behind a flag, for modules that are compiled from now on
  if (!relaxed.isSupported()) setFlagsFromString('--experimental-wasm-relaxed-simd');
  expect(relaxed.isSupported()).toBe(true);
  using exact = await simd({ threads: 1 }).compile(graph, weights, { exact: true });
  const expected = await exact.run(photo);
  for (const threads of [1, 2]) {
    using executable = await compileNetwork({ graph, weights }, { build: relaxed, threads }, {});
    const { logits, labels } = await executable.run(photo);
    expect(largestDifference(logits!.data, expected.logits!.data).value).toBeLessThan(1e-5);
    expect(labels).toEqual(expected.labels);
  }
});
