import { analyze, createGraphBuilder, ShapeError, type Graph } from '@atrous/core';
import { contextModule, identityContextWeights, type ContextModuleOptions } from '@atrous/heads';
import { describe, expect, it } from 'vitest';
import { buildHead } from './support.ts';

/** The module alone, upon maps of `classes` channels. */
function moduleOn(classes: number, options: Partial<ContextModuleOptions> = {}): Graph {
  const builder = createGraphBuilder();
  const maps = builder.input({ shape: [null, null, null, classes] });
  const features = { scores: builder.feature(maps) };
  return builder.build({ out: contextModule(options).build(builder.scope('context'), features, maps) });
}

const facts = (graph: Graph, channels: number) =>
  analyze(graph, [1, 17, 23, channels]).nodes.flatMap(({ node, shape, receptiveField }) =>
    node.kind === 'conv2d'
      ? [{ name: node.name.replace('context/', ''), channels: shape[3], sees: receptiveField.size[0] }]
      : [],
  );

describe('the context module', () => {
  // Table 1 of the paper.
  it('sees 3, 5, 9, 17, 33, 65 and 67 positions', () => {
    expect(facts(moduleOn(21), 21)).toEqual([
      { name: 'conv1_1', channels: 21, sees: 3 },
      { name: 'conv1_2', channels: 21, sees: 5 },
      { name: 'conv2_1', channels: 21, sees: 9 },
      { name: 'conv3_1', channels: 21, sees: 17 },
      { name: 'conv4_1', channels: 21, sees: 33 },
      { name: 'conv5_1', channels: 21, sees: 65 },
      { name: 'fc1', channels: 21, sees: 67 },
      { name: 'final', channels: 21, sees: 67 },
    ]);
  });

  it('widens with its rates when it is large', () => {
    expect(facts(moduleOn(21, { width: 'large' }), 21).map(({ channels }) => channels)).toEqual([
      42, 42, 84, 168, 336, 672, 672, 21,
    ]);
  });

  it.each<[number, Partial<ContextModuleOptions>, number]>([
    [21, {}, 28_392],
    [5, { width: 'large' }, 386_035],
    [5, { width: 'large', padding: 'once' }, 386_035],
  ])('of %i classes, %o, has %i parameters', (classes, options, parameters) => {
    expect(analyze(moduleOn(classes, options), [1, 17, 23, classes]).parameters).toBe(parameters);
  });

  it.each(['eachLayer', 'once'] as const)('keeps the size of the map, padded %s', (padding) => {
    expect(analyze(moduleOn(3, { padding }), [1, 17, 23, 3]).nodes.at(-1)?.shape).toEqual([1, 17, 23, 3]);
  });

  it.each([
    [[1, 1, 2, 4, 8], 7, 35],
    [[1, 1, 2, 4, 8, 16, 32, 64], 10, 259],
  ])('with rates %o has %i layers and sees %i positions', (atrousRates, layers, sees) => {
    const all = facts(moduleOn(4, { atrousRates }), 4);
    expect(all).toHaveLength(layers);
    expect(all.at(-1)?.sees).toBe(sees);
  });

  it.each([
    [{ input: 'c9' }, 'context-module needs the feature "c9"'],
    [{ input: 'context', atrousRates: [] }, 'atrousRates is empty'],
    [{ input: 'context', atrousRates: [1, 0] }, 'atrousRates is 0'],
    [{ input: 'context', width: 'wide' }, 'width is "wide", expected one of "basic", "large"'],
    [{ input: 'context', padding: 'same' }, 'padding is "same", expected one of "eachLayer", "once"'],
  ])('refuses %o', (options, message) => {
    const broken = () => buildHead(contextModule(options as Partial<ContextModuleOptions>));
    expect(broken).toThrow(ShapeError);
    expect(broken).toThrow(message);
  });
});

describe('the identity weights of a context module', () => {
  it('are a centre for every class and no bias', () => {
    const weights = identityContextWeights(moduleOn(2));
    const kernel = weights.get('context/conv1_1/weights');
    expect(kernel?.shape).toEqual([3, 3, 2, 2]);
    expect([...(kernel?.data ?? [])]).toEqual([...Array<number>(16).fill(0), 1, 0, 0, 1, ...Array<number>(16).fill(0)]);
    expect([...(weights.get('context/final/biases')?.data ?? [])]).toEqual([0, 0]);
    expect(weights.size).toBe(16);
  });

  it('spread a class over its channels and gather it again, with noise elsewhere', () => {
    const weights = identityContextWeights(moduleOn(2, { width: 'large', atrousRates: [1] }), 'context', () => 0.25);
    const centre = [...(weights.get('context/conv1_1/weights')?.data ?? [])].slice(4 * 8, 5 * 8);
    expect(centre).toEqual([0.5, 0.5, 0.25, 0.25, 0.25, 0.25, 0.5, 0.5]);
    expect([...(weights.get('context/final/weights')?.data ?? [])]).toEqual([1, 0.25, 1, 0.25, 0.25, 1, 0.25, 1]);
  });

  it('are those of one scope', () => {
    expect(identityContextWeights(moduleOn(2), 'head').size).toBe(0);
  });
});
