import { createGraphBuilder, createRandom, withInputShape, type Graph, type Network, type Tensor } from '@atrous/core';
import { createArena } from '@atrous/platform/threads';
import { expect, it } from 'vitest';
import { plain } from '../../../src/builds.ts';
import { packWeights } from '../../../src/pack-weights.ts';
import { inBands } from '../../../src/plan/bands/in-bands.ts';
import { installPlan } from '../../../src/plan/install-plan.ts';
import { makePlan, type Plan } from '../../../src/plan/make-plan.ts';
import { simd } from '../../../src/simd.ts';
import { createStepRunner } from '../../../src/step-runner.ts';
import { randomTensor, withRandomWeights } from '@atrous/testing/small-network';

/** A few convolutions and pools one after the other, and a residual block. */
function randomChain(seed: string): Graph {
  const random = createRandom(seed);
  const anyOf = <T>(values: readonly T[]): T => values[Math.floor(random.uniform(0, values.length))]!;
  const b = createGraphBuilder();
  let map = b.input();
  for (let i = 0; i < 5; i++) {
    const window = { kernel: anyOf([2, 3, 5]), stride: i === 2 ? 2 : 1, padding: anyOf(['same', 'valid'] as const) };
    const conv = { name: `layer ${i}`, useBias: true };
    const kind = anyOf(['point', 'point', 'depthwise', 'depthwise', 'conv', 'pool', 'block'] as const);
    if (kind === 'point') map = b.conv2d(map, { ...conv, filters: anyOf([5, 8, 20]), kernel: 1 });
    if (kind === 'depthwise') map = b.depthwiseConv2d(map, { ...conv, ...window });
    if (kind === 'conv') map = b.conv2d(map, { ...conv, ...window, filters: 9 });
    if (kind === 'pool') map = b.maxPool(map, window);
    if (kind === 'block') {
      const wide = b.activation(b.conv2d(map, { ...conv, filters: 16, kernel: 1 }), 'relu6');
      const deep = b.depthwiseConv2d(wide, { name: `deep ${i}`, kernel: 3 });
      map = b.add([map, b.conv2d(deep, { name: `back ${i}`, filters: map.shape[3]!, kernel: 1 })]);
    }
  }
  return b.build({ y: map });
}

/** A plan without bands. */
function planOf({ graph, weights }: Network, shape: readonly number[], parts: number) {
  const arena = createArena(parts > 1, { name: 'the test', hint: '' });
  const packed = packWeights(graph, weights, arena, () => {});
  const [input] = graph.nodes;
  const shaped = withInputShape(graph, new Map([[input!.name, shape]]));
  const plan = makePlan({ graph: shaped, packed, ops: [], hostWeights: new Map(), parts, isExact: true });
  return { arena, plan: { ...plan, steps: plan.builder.steps } };
}

const banded = (plan: Plan, bytes: number, parts: number): Plan => ({
  ...plan,
  steps: inBands(plan.builder.steps, new Set(plan.outputs.map(({ buffer }) => buffer)), { bytes, strips: parts }),
});

async function run(network: Network, image: Tensor, parts: number, bytes?: number) {
  const { arena, plan } = planOf(network, image.shape, parts);
  const runner = await createStepRunner(await plain.compile(parts > 1), arena, parts);
  const used = bytes === undefined ? plan : banded(plan, bytes, parts);
  const { stretches, views } = installPlan(used, arena, Infinity);
  views.floats(plan.inputs[0]!.buffer).set(image.data);
  for (const stretch of stretches) if ('end' in stretch) await runner.run(stretch.first, stretch.end);
  const y = views.floats(plan.outputs[0]!.buffer).slice();
  runner.dispose();
  return { y, isBanded: used.steps.length < plan.steps.length };
}

it.each([1, 3])('gives the same to the bit in bands, whatever is joined: %i threads', async (parts) => {
  let joined = 0;
  for (let seed = 0; seed < 40; seed++) {
    const network = withRandomWeights(randomChain(`chain ${seed}`));
    const image = randomTensor('image', [1 + (seed % 2), 41 + (seed % 7), 37, 3]);
    const whole = await run(network, image, parts);
    const { y, isBanded } = await run(network, image, parts, 2000 + 500 * seed);
    expect(y, `chain ${seed}`).toEqual(whole.y);
    joined += Number(isBanded);
  }
  expect(joined).toBeGreaterThan(20);
});

it('computes every row of heights that floating point does not divide by', async () => {
  const b = createGraphBuilder();
  const conv = b.conv2d(b.input(), { name: 'conv', filters: 8, kernel: 3 });
  const network = withRandomWeights(b.build({ y: b.maxPool(conv, { kernel: 3, stride: 2 }) }));
  for (const height of [49, 98, 161]) {
    const image = randomTensor('image', [1, height, 20, 3]);
    const { y, isBanded } = await run(network, image, 1, 5000);
    expect(isBanded).toBe(true);
    expect(y, `height ${height}`).toEqual((await run(network, image, 1)).y);
  }
});

it('holds no large map between steps that it joins', async () => {
  const b = createGraphBuilder();
  const wide = b.conv2d(b.input(), { name: 'wide', filters: 64, kernel: 1 });
  const deep = b.depthwiseConv2d(wide, { name: 'deep', kernel: 3, stride: 2 });
  const { graph, weights } = withRandomWeights(b.build({ y: b.maxPool(deep, { kernel: 3, stride: 2 }) }));
  const image = randomTensor('image', [1, 256, 256, 3]);
  for (const threads of [1, 2]) {
    using executable = await simd({ threads }).compile(graph, weights);
    await executable.run(image);
    // `wide` takes 16 MB, `deep` 4 MB, image and result together 2 MB
    expect(executable.memory().bytes).toBeLessThan(8e6);
  }
});
