import {
  createGraphBuilder,
  optimizeForInference,
  parametersOf,
  sizeOf,
  type Activation,
  type Graph,
  type GraphBuilder,
  type Node,
  type Tensor,
  type Weights,
} from '@atrous/core';
import { runGraph } from '@atrous/runtime-reference';
import { describe, expect, it } from 'vitest';

/** Small fast generator, so that a failing seed can be named. */
function mulberry32(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

const ACTIVATIONS: readonly Activation[] = ['relu', 'relu6', 'hardSwish', 'hardSigmoid', 'sigmoid', 'silu'];
const CHANNELS = 4;

type Step = (builder: GraphBuilder, pick: () => Node, name: string, random: () => number) => Node;

/** Every step keeps size and channels, so that any node can follow any other. */
const STEPS: readonly Step[] = [
  (b, pick, name, random) =>
    b.conv2d(pick(), {
      name,
      filters: CHANNELS,
      kernel: 3,
      atrousRate: 1 + Math.floor(random() * 3),
      useBias: random() < 0.5,
    }),
  (b, pick, name, random) => b.depthwiseConv2d(pick(), { name, kernel: 3, useBias: random() < 0.5 }),
  (b, pick, name) => b.batchNorm(pick(), { name }),
  (b, pick, name) => b.batchNorm(pick(), { name, epsilon: 0.1 }),
  (b, pick, _name, random) => b.activation(pick(), ACTIVATIONS[Math.floor(random() * ACTIVATIONS.length)] ?? 'relu'),
  (b, pick) => b.add([pick(), pick()]),
  (b, pick) => b.dropout(pick(), { rate: 0.3 }),
];

function randomGraph(seed: number): Graph {
  const random = mulberry32(seed);
  const builder = createGraphBuilder();
  const nodes = [builder.conv2d(builder.input(), { name: 'stem', filters: CHANNELS, kernel: 1 })];
  // Recent nodes are likelier, so that chains that can be fused appear.
  const pick = (): Node => nodes[Math.max(0, nodes.length - 1 - Math.floor(random() ** 3 * nodes.length))] as Node;
  for (let i = 0; i < 14; i++) {
    const step = STEPS[Math.floor(random() * STEPS.length)] as Step;
    nodes.push(step(builder, pick, `n${i}`, random));
  }
  return builder.build({ last: nodes.at(-1) as Node, other: pick() });
}

const randomWeights = (graph: Graph): Weights =>
  new Map(
    [...parametersOf(graph).values()].map(({ name, shape }) => {
      const positive = name.endsWith('variance') || name.endsWith('gamma');
      const random = mulberry32(name.length * 7919 + name.charCodeAt(1));
      const data = Float32Array.from({ length: sizeOf(shape) }, () =>
        positive ? 0.5 + random() : (random() - 0.5) / 2,
      );
      return [name, { shape, data }];
    }),
  );

const image: Tensor = {
  shape: [1, 7, 6, 3],
  data: Float32Array.from({ length: 7 * 6 * 3 }, mulberry32(1)),
};

function relativeDifference(a: Tensor, b: Tensor): number {
  const scale = Math.max(1, ...a.data.map(Math.abs));
  return Math.max(...a.data.map((value, i) => Math.abs(value - (b.data[i] ?? NaN)))) / scale;
}

describe('inference passes', () => {
  it.each(Array.from({ length: 60 }, (_, seed) => seed))(
    'compute the same function on random graph %i',
    async (seed) => {
      const graph = randomGraph(seed);
      const weights = randomWeights(graph);
      const optimized = optimizeForInference({ graph, weights });
      const before = await runGraph(graph, weights, { image });
      const after = await runGraph(optimized.graph, optimized.weights, { image });
      for (const output of ['last', 'other'])
        expect(relativeDifference(before[output] as Tensor, after[output] as Tensor)).toBeLessThan(1e-5);
      const kinds = optimized.graph.nodes.map((node) => node.kind);
      expect(kinds).not.toContain('dropout');
      expect(kinds.length).toBeLessThanOrEqual(graph.nodes.length);
    },
  );
});
