import { createGraphBuilder, optimize, type Graph, type GraphBuilder, type Node } from '@atrous/core';
import { referenceRuntime } from '@atrous/runtime-reference';
import { largestDifference } from '@atrous/testing';
import { randomTensor, withRandomWeights } from '@atrous/testing/small-network';
import { afterAll, describe, expect, it } from 'vitest';
import type { Plan } from '../src/plan/make-plan.ts';
import { webgpu } from '../src/webgpu.ts';
import { describeOnGpu, runtime } from './support/on-gpu.ts';
import { labelsOf, planOf } from './support/plan-of.ts';

type Size = readonly [n: number, h: number, w: number, c: number];
type Build = (b: GraphBuilder, x: Node) => Node;

/** A depthwise convolution of `x` and a 1×1 convolution of so many filters. */
const pair =
  (filters: number, window: { atrousRate?: number; stride?: number; kernel?: number } = {}, name = 'one'): Build =>
  (b, x) => {
    const depthwise = b.depthwiseConv2d(x, { name: `${name}/depthwise`, kernel: 3, useBias: true, ...window });
    return b.conv2d(b.activation(depthwise, 'relu6'), { name, filters, kernel: 1, useBias: true });
  };

const residual: Build = (b, x) => b.activation(b.add([x, pair(12)(b, x)]), 'hardSwish');
const concat: Build = (b, x) => {
  const both = b.concat([pair(8, {}, 'one')(b, x), pair(16, { atrousRate: 2 }, 'other')(b, x)]);
  return b.conv2d(both, { name: 'last', filters: 4, kernel: 1 });
};
const ofSlice: Build = (b, x) => {
  const one = b.conv2d(x, { name: 'a', filters: 8, kernel: 1 });
  const other = b.conv2d(x, { name: 'b', filters: 4, kernel: 1 });
  return b.concat([pair(8)(b, b.concat([one, other])), pair(8, {}, 'other')(b, other)]);
};

/** The least maps of which there are enough tiles. */
const fused: readonly (readonly [title: string, size: Size, build: Build, pairs: number])[] = [
  ['few channels', [1, 57, 59, 8], pair(12), 1],
  [
    'channels and filters that fill no block, in two images, at a large rate',
    [2, 45, 43, 5],
    pair(6, { atrousRate: 12 }),
    1,
  ],
  ['a stride and another kernel', [1, 113, 115, 4], pair(24, { stride: 2, kernel: 5 }), 1],
  ['many channels', [1, 56, 57, 37], pair(32), 1],
  ['as many filters as a group has', [1, 79, 80, 4], pair(64), 1],
  ['another map that is added', [1, 57, 59, 12], residual, 1],
  ['places in a concatenation', [1, 57, 59, 4], concat, 2],
  ['a map that is a part of another', [1, 57, 59, 4], ofSlice, 2],
];

function networkOf(
  [n, h, w, c]: Size,
  build: Build,
  outputs: (built: Graph) => Readonly<Record<string, string>> = () => ({}),
) {
  const b = createGraphBuilder();
  const graph = b.build({ y: build(b, b.input({ shape: [n, h, w, c] })) });
  const { graph: optimized, weights } = optimize(graph, withRandomWeights(graph).weights, { target: [] });
  return { graph: { ...optimized, outputs: { ...optimized.outputs, ...outputs(optimized) } }, weights };
}

const depthwiseOutputs = ({ nodes }: Graph) =>
  Object.fromEntries(nodes.filter(({ kind }) => kind === 'depthwiseConv2d').map(({ name }) => [name, name]));

const count = (graph: Graph, part: string): number =>
  labelsOf(planOf(graph)).filter((label) => label.startsWith(part)).length;

describe('pairs of a depthwise and a 1×1 convolution', () => {
  it.each(fused)('are one step: %s', (_, size, build, pairs) => {
    const { graph } = networkOf(size, build);
    expect([count(graph, 'separable'), count(graph, 'depthwise')]).toEqual([pairs, 0]);
  });

  it('do not store the map between them', () => {
    const rooms = ({ steps }: Plan) =>
      new Set(
        steps.flatMap((step) =>
          Object.values('bound' in step ? step.bound : {}).flatMap((one) => ('room' in one ? [one.room] : [])),
        ),
      );
    const maps = (graph: Graph) => [...rooms(planOf(graph))].map(({ bytes }) => bytes / (4 * 64 * 64));
    expect(maps(networkOf([1, 64, 64, 32], pair(8)).graph)).toEqual([32, 8]);
    expect(maps(networkOf([1, 64, 64, 32], pair(68)).graph)).toEqual([32, 32, 68]);
  });

  const twice: Build = (b, x) => {
    const depthwise = b.depthwiseConv2d(x, { name: 'depthwise', kernel: 3 });
    return b.add([b.conv2d(depthwise, { name: 'one', filters: 8, kernel: 1 }), depthwise]);
  };
  const behind =
    (multiplier: number, window: { kernel: number; stride?: number }): Build =>
    (b, x) => {
      const depthwise = b.depthwiseConv2d(x, { name: 'depthwise', kernel: 3, multiplier });
      return b.conv2d(depthwise, { name: 'one', filters: 8, padding: 'same', ...window });
    };
  it.each([
    ['there are more filters than a group has', [1, 80, 80, 8], pair(65)],
    ['there are too few tiles', [1, 33, 33, 8], pair(8)],
    ['others read the map', [1, 64, 64, 8], twice],
    ['channels have several filters', [1, 64, 64, 8], behind(2, { kernel: 1 })],
    ['the second reads more than a pixel', [1, 64, 64, 8], behind(1, { kernel: 3 })],
    ['the second has a stride', [1, 128, 128, 8], behind(1, { kernel: 1, stride: 2 })],
  ] as const)('are two where %s', (_, size, build) => {
    const { graph } = networkOf(size, build);
    expect([count(graph, 'separable'), count(graph, 'depthwise')]).toEqual([0, 1]);
  });

  it('are two where the map is asked for', () => {
    const { graph } = networkOf([1, 64, 64, 8], pair(8), depthwiseOutputs);
    expect([count(graph, 'separable'), count(graph, 'depthwise')]).toEqual([0, 1]);
  });
});

describeOnGpu('pairs of a depthwise and a 1×1 convolution', () => {
  const half = webgpu({ software: true, precision: 'float16' });
  afterAll(() => half.dispose());

  it.each(fused)('compute what the reference does: %s', async (_, size, build) => {
    const { graph, weights } = networkOf(size, build);
    const image = randomTensor('image', size);
    using reference = await referenceRuntime().compile(graph, weights);
    using executable = await runtime.compile(graph, weights);
    const [expected, actual] = [await reference.run(image), await executable.run(image)];
    expect(largestDifference(actual['y']!.data, expected['y']!.data).value).toBeLessThan(2e-5);
  });

  it.each(fused)('compute in float16 what the two apart do: %s', async (_, size, build) => {
    const image = randomTensor('image', size);
    const run = async ({ graph, weights }: ReturnType<typeof networkOf>) => {
      using executable = await half.compile(graph, weights);
      return (await executable.run(image))['y']!.data;
    };
    const together = await run(networkOf(size, build));
    const apart = await run(networkOf(size, build, depthwiseOutputs));
    expect(together).toEqual(apart);
  });
});
