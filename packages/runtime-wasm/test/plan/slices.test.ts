import { createGraphBuilder, type Graph } from '@atrous/core';
import { createArena } from '@atrous/platform/threads';
import { referenceRuntime } from '@atrous/runtime-reference';
import { largestDifference } from '@atrous/testing';
import { expect, it } from 'vitest';
import { packWeights } from '../../src/pack-weights.ts';
import { makePlan } from '../../src/plan/make-plan.ts';
import { simd } from '../../src/simd.ts';
import { randomTensor, withRandomWeights } from '@atrous/testing/small-network';

/** Branches of 1×1, atrous and strided convolutions and a pool, the third of `odd` channels. */
function branches(odd: number): Graph {
  const b = createGraphBuilder();
  const image = b.input({ shape: [2, 18, 20, 8] });
  const conv = (name: string, filters: number, options: object) =>
    b.conv2d(image, { name, filters, kernel: 3, useBias: true, padding: 'same', ...options });
  const point = conv('point', 16, { kernel: 1 });
  const atrous = b.conv2d(point, { name: 'atrous', filters: 64, kernel: 3, atrousRate: 6, padding: 'same' });
  const inner = b.concat([conv('one', 24, {}), conv('two', odd, { atrousRate: 9 }), conv('three', 8, {}), atrous]);
  return b.build({ y: inner, again: b.concat([inner, b.maxPool(image, { kernel: 3, stride: 1, padding: 'same' })]) });
}

const copiesOf = (graph: Graph): number => {
  const { weights } = withRandomWeights(graph);
  const packed = packWeights(graph, weights, createArena(false, { name: '', hint: '' }), () => {});
  const { builder } = makePlan({ graph, packed, ops: [], hostWeights: new Map(), parts: 1, isExact: false });
  return builder.steps.filter((step) => 'kernel' in step && step.kernel === 'copyChannels').length;
};

it.each([8, 6])('gives what the reference does where branches are written into a concat: %i channels', async (odd) => {
  const { graph, weights } = withRandomWeights(branches(odd));
  const image = randomTensor('image', [2, 18, 20, 8]);
  using reference = await referenceRuntime().compile(graph, weights);
  const expected = await reference.run(image);
  for (const exact of [false, true]) {
    using executable = await simd({ threads: 1 }).compile(graph, weights, { exact });
    const { y, again } = await executable.run(image);
    expect(largestDifference(y!.data, expected.y!.data).value).toBeLessThan(1e-5);
    expect(largestDifference(again!.data, expected.again!.data).value).toBeLessThan(1e-5);
  }
});

it('copies nothing that convolutions could write in place', () => {
  // the concat itself and the pool, into the outer concat
  expect(copiesOf(branches(8))).toBe(2);
  // those of 6 channels, and those that no longer begin with a whole block
  expect(copiesOf(branches(6))).toBeGreaterThan(4);
});
