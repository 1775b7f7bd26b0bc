import { convBlock, depthwiseBlock, imagePooling, separableBlock } from '@atrous/atrous-ops';
import { createGraphBuilder, parametersOf, type Graph, type Node } from '@atrous/core';
import { referenceRuntime } from '@atrous/runtime-reference';
import { describe, expect, it } from 'vitest';

const batch = { norm: 'batch', epsilon: 1e-3 } as const;
const folded = { norm: 'folded', epsilon: 1e-3 } as const;

function build(add: (builder: ReturnType<typeof createGraphBuilder>, image: Node) => Node): Graph {
  const builder = createGraphBuilder();
  return builder.build({ out: add(builder, builder.input()) });
}

const kinds = (graph: Graph): string[] => graph.nodes.map(({ kind, name }) => `${kind} ${name}`);
const shapes = (graph: Graph): Record<string, readonly number[]> =>
  Object.fromEntries([...parametersOf(graph)].map(([name, { shape }]) => [name, shape]));

describe('convBlock', () => {
  it('normalises and activates', () => {
    const graph = build((b, x) => convBlock(b, x, { name: 'c', filters: 8, kernel: 3, ...batch }));
    expect(kinds(graph)).toEqual(['input image', 'conv2d c', 'batchNorm c/BatchNorm', 'activation c/relu']);
    expect(shapes(graph)['c/weights']).toEqual([3, 3, 3, 8]);
  });

  it('has a bias in place of a folded norm', () => {
    const graph = build((b, x) => convBlock(b, x, { name: 'c', filters: 8, kernel: 3, ...folded }));
    expect(shapes(graph)).toEqual({ 'c/weights': [3, 3, 3, 8], 'c/biases': [8] });
  });

  it('can have a bias besides the norm, and no activation', () => {
    const graph = build((b, x) =>
      convBlock(b, x, { name: 'c', filters: 8, kernel: 3, useBias: true, activation: 'linear', ...batch }),
    );
    expect(kinds(graph).at(-1)).toBe('batchNorm c/BatchNorm');
    expect(Object.keys(shapes(graph))).toContain('c/biases');
  });

  it('passes its epsilon on', () => {
    const graph = build((b, x) => convBlock(b, x, { name: 'c', filters: 8, kernel: 3, norm: 'batch', epsilon: 0.5 }));
    expect(graph.nodes[2]?.attrs).toMatchObject({ epsilon: 0.5 });
  });
});

describe('depthwiseBlock', () => {
  it('keeps the channels', () => {
    const graph = build((b, x) => depthwiseBlock(b, x, { name: 'd', kernel: 3, activation: 'relu6', ...batch }));
    expect(graph.nodes.at(-1)?.shape).toEqual([null, null, null, 3]);
    expect(shapes(graph)['d/depthwise_weights']).toEqual([3, 3, 3, 1]);
  });
});

describe('separableBlock', () => {
  it('puts the rate and the stride into the depthwise part', () => {
    const graph = build((b, x) =>
      separableBlock(b, x, { name: 's', filters: 8, kernel: 3, atrousRate: 6, stride: 2, ...folded }),
    );
    expect(graph.nodes.filter(({ kind }) => kind !== 'activation').map(({ attrs }) => attrs)).toMatchObject([
      {},
      { kernel: [3, 3], atrousRate: [6, 6], strides: [2, 2] },
      { kernel: [1, 1], atrousRate: [1, 1], strides: [1, 1], filters: 8 },
    ]);
    expect(kinds(graph)).toEqual([
      'input image',
      'depthwiseConv2d s/depthwise',
      'activation s/depthwise/relu',
      'conv2d s/pointwise',
      'activation s/pointwise/relu',
    ]);
  });
});

describe('imagePooling', () => {
  it('spreads the mean of the image over the map', async () => {
    const graph = build((b, x) => imagePooling(b, x, { name: 'p', filters: 1, ...folded }));
    const weights = new Map([
      ['p/weights', { shape: [1, 1, 3, 1], data: Float32Array.of(1, 10, 100) }],
      ['p/biases', { shape: [1], data: Float32Array.of(0.5) }],
    ]);
    using executable = await referenceRuntime().compile(graph, weights);
    const image = { shape: [1, 1, 2, 3], data: Float32Array.of(1, 2, 3, 3, 4, 5) };
    const { out } = await executable.run(image);
    expect(out).toMatchObject({ shape: [1, 1, 2, 1], data: Float32Array.of(432.5, 432.5) });
  });
});
