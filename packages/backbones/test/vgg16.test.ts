import { vgg16, type Vgg16Options } from '@atrous/backbones/vgg16';
import { analyze, createGraphBuilder, retarget, ShapeError, type Features, type Graph } from '@atrous/core';
import { describe, expect, it } from 'vitest';

function build(
  options: Partial<Vgg16Options> = {},
  outputStride: number | null = null,
): { readonly graph: Graph; readonly features: Features } {
  const builder = createGraphBuilder({ outputStride });
  const features = vgg16(options).build(builder.scope('backbone'), builder.input());
  const nodes = Object.entries(features).map(([level, { node }]) => [level, node] as const);
  return { graph: builder.build(Object.fromEntries(nodes)), features };
}

const frontEnd = { pools: 'firstThree', padding: 'valid' } as const;

const heights = (graph: Graph, size: number): (number | undefined)[] => {
  const shapes = new Map(analyze(graph, [1, size, size, 3]).nodes.map(({ node, shape }) => [node.name, shape[1]]));
  return Object.values(graph.outputs).map((node) => shapes.get(node));
};

const rates = (graph: Graph): Record<string, number> =>
  Object.fromEntries(
    graph.nodes.flatMap((node) =>
      node.kind === 'conv2d' && node.attrs.atrousRate[0] > 1 ? [[node.name, node.attrs.atrousRate[0]]] : [],
    ),
  );

describe('VGG-16', () => {
  it.each([{}, frontEnd])('has the parameters of its thirteen convolutions: %o', (options) => {
    expect(analyze(build(options, 8).graph, [1, 193, 193, 3]).parameters).toBe(14_714_688);
  });

  it('offers the map after each pool', () => {
    const facts = Object.entries(build({}, 8).features).map(([level, feature]) => [
      level,
      feature.stride,
      feature.nominalStride,
      feature.channels,
    ]);
    expect(facts).toEqual([
      ['c1', 2, 2, 64],
      ['c2', 4, 4, 128],
      ['c3', 8, 8, 256],
      ['c4', 8, 16, 512],
      ['c5', 8, 32, 512],
    ]);
  });

  it('has the sizes of DeepLab: 321 pixels become 41', () => {
    expect(heights(build({}, 8).graph, 321)).toEqual([161, 81, 41, 41, 41]);
    expect(heights(build({}, 32).graph, 321)).toEqual([161, 81, 41, 21, 11]);
  });

  it('rounds sizes up', () => {
    expect(heights(build({}, 8).graph, 64)).toEqual([33, 17, 9, 9, 9]);
  });

  // The paper: 306 pixels become 39.
  it('has the sizes of the paper with the pools of VGG-16', () => {
    expect(heights(build({ pools: 'plain' }, 8).graph, 306)).toEqual([153, 77, 39, 39, 39]);
  });

  it.each(['plain', 'firstThree'] as const)('sees 212 pixels at its classification stride, with %s pools', (pools) => {
    const { nodes } = analyze(build({ pools }, 32).graph, [1, 224, 224, 3]);
    expect(nodes.find(({ node }) => node.name === 'backbone/pool5')?.receptiveField.size).toEqual([212, 212]);
  });

  it('has the sizes of the front end: 900 pixels become 90', () => {
    expect(heights(build(frontEnd, 8).graph, 900)).toEqual([448, 222, 108, 102, 90]);
  });

  it('reads the last stage further apart where the fourth pool keeps the size', () => {
    const last = { 'backbone/conv5_1': 2, 'backbone/conv5_2': 2, 'backbone/conv5_3': 2 };
    expect(rates(build({}, 8).graph)).toEqual(last);
    expect(rates(build(frontEnd, 8).graph)).toEqual(last);
    expect(rates(build({}, 16).graph)).toEqual({});
  });

  it.each([{}, { pools: 'plain' } as const, frontEnd])(
    'retargets to what it would have been built as: %o',
    (options) => {
      expect(retarget(build(options, 8).graph, 16)).toEqual(build(options, 16).graph);
      expect(retarget(build(options, 32).graph, 8)).toEqual(build(options, 8).graph);
    },
  );

  it.each([
    [{ pools: 'none' }, 'pools is "none", expected one of "overlapping", "plain", "firstThree"'],
    [{ padding: 'same' }, 'padding is "same", expected one of "symmetric", "valid"'],
  ])('refuses %o', (options, message) => {
    const broken = () => build(options as Partial<Vgg16Options>);
    expect(broken).toThrow(ShapeError);
    expect(broken).toThrow(message);
  });
});
