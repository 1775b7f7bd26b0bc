import { createGraphBuilder, type Graph, type GraphBuilder, type Node } from '@atrous/core';
import { createArena } from '@atrous/platform/threads';
import { withRandomWeights } from '@atrous/testing/small-network';
import { expect, it } from 'vitest';
import { packWeights } from '../../../src/pack-weights.ts';
import { findChains } from '../../../src/plan/bands/find-chains.ts';
import { makePlan } from '../../../src/plan/make-plan.ts';

/** The kernels of each chain. */
function chainsOf(graph: Graph, strips = 1, bytes = 140_000): readonly string[] {
  const packed = packWeights(
    graph,
    withRandomWeights(graph).weights,
    createArena(false, { name: '', hint: '' }),
    () => {},
  );
  const plan = makePlan({ graph, packed, ops: [], hostWeights: new Map(), parts: 1, isExact: true });
  const kept = new Set(plan.outputs.map(({ buffer }) => buffer));
  const steps = findChains(plan.builder.steps, kept, { strips, bytes });
  return steps.flatMap((step) => ('length' in step ? [step.map(({ kernel }) => kernel).join()] : []));
}

/** Expanded to `filters` channels, filtered each by itself, and projected to 8. */
function block(b: GraphBuilder, { rate = 1, channels = 8, filters = 64 } = {}) {
  const image = b.input({ shape: [1, 65, 65, channels] });
  const wide = b.conv2d(image, { name: 'wide', filters, kernel: 1 });
  const deep = b.depthwiseConv2d(wide, { name: 'deep', kernel: 3, atrousRate: rate });
  return { image, wide, deep, narrow: b.conv2d(deep, { name: 'narrow', filters: 8, kernel: 1 }) };
}

const graphOf = (outputs: (b: GraphBuilder) => Readonly<Record<string, Node>>): Graph => {
  const b = createGraphBuilder();
  return b.build(outputs(b));
};

it('joins what is expanded, filtered and projected, but for what is small', () => {
  const graph = graphOf((b) => ({ y: b.conv2d(block(b).narrow, { name: 'last', filters: 8, kernel: 1 }) }));
  expect(chainsOf(graph)).toEqual(['pointwise,depthwise,pointwise']);
});

it('leaves maps that others read, too', () => {
  const output = graphOf((b) => {
    const { wide, narrow } = block(b);
    return { wide, narrow };
  });
  expect(chainsOf(output)).toEqual(['depthwise,pointwise']);
  const sum = graphOf((b) => {
    const { wide, deep } = block(b);
    return { y: b.maximum([wide, deep]) };
  });
  expect(chainsOf(sum)).toEqual([]);
});

it('joins two steps where three would take too much room', () => {
  expect(chainsOf(graphOf((b) => ({ y: block(b, { filters: 96 }).narrow })))).toEqual(['pointwise,depthwise']);
});

it('leaves windows that reach over a large part of the map, and steps with many weights', () => {
  expect(chainsOf(graphOf((b) => ({ y: block(b, { rate: 18 }).narrow })))).toEqual(['depthwise,pointwise']);
  expect(chainsOf(graphOf((b) => ({ y: block(b, { filters: 2048 }).narrow })))).toEqual([]);
});

it('leaves what would be computed twice too often, where strips meet', () => {
  const graph = graphOf((b) => ({ y: block(b, { channels: 64 }).deep }));
  expect(chainsOf(graph, 2, 40_000)).toEqual(['pointwise,depthwise']);
  expect(chainsOf(graph, 6, 40_000)).toEqual([]);
});
