import { fusedKinds, optimize, sumsToFuse } from '@atrous/core';
import { runGraph } from '@atrous/runtime-reference';
import { simd } from '@atrous/runtime-wasm';
import { largestDifference, largestMagnitude, randomNetwork } from '@atrous/testing';
import { expect, it } from 'vitest';

const SEEDS = 100;
const target = ['broadcastAdd', ...fusedKinds] as const;

it('names sums that an engine may compute on the way: random graphs then compute the same', async () => {
  let withSums = 0;
  for (let seed = 0; seed < SEEDS; seed++) {
    const { graph, weights, image } = randomNetwork(seed);
    const optimized = optimize(graph, weights, { target });
    if (sumsToFuse(optimized.graph).size === 0) continue;
    withSums++;
    const expected = await runGraph(optimized.graph, optimized.weights, image);
    // `exact`: the engine runs the graph as it stands, but for these sums
    using executable = await simd({ threads: 1 }).compile(optimized.graph, optimized.weights, { exact: true });
    const actual = await executable.run(image);
    for (const name of ['last', 'other']) {
      const { data } = expected[name]!;
      const { value } = largestDifference(actual[name]!.data, data);
      expect(value, `seed ${seed}, output "${name}"`).toBeLessThan(1e-5 * Math.max(1, largestMagnitude(data)));
    }
  }
  expect(withSums).toBeGreaterThanOrEqual(20);
}, 120_000);
