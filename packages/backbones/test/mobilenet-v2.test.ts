import { mobilenetV2, type MobilenetV2Options } from '@atrous/backbones/mobilenet-v2';
import { analyze, createGraphBuilder, ShapeError, type Features, type Graph } from '@atrous/core';
import { describe, expect, expectTypeOf, it } from 'vitest';

function build(
  options: Partial<MobilenetV2Options> = {},
  outputStride: number | null = null,
): { readonly graph: Graph; readonly features: Features } {
  const builder = createGraphBuilder({ outputStride });
  const features = mobilenetV2(options).build(builder.scope('backbone'), builder.input());
  const nodes = Object.entries(features).map(([level, { node }]) => [level, node] as const);
  return { graph: builder.build(Object.fromEntries(nodes)), features };
}

const rates = (graph: Graph): number[] =>
  graph.nodes.flatMap((node) => (node.kind === 'depthwiseConv2d' ? [node.attrs.atrousRate[0]] : []));

const strides = (graph: Graph): number[] =>
  graph.nodes.flatMap((node) => ('strides' in node.attrs && node.attrs.strides[0] > 1 ? [node.attrs.strides[0]] : []));

const sizes = (graph: Graph, size: number): Record<string, number | undefined> => {
  const shapes = new Map(analyze(graph, [1, size, size, 3]).nodes.map(({ node, shape }) => [node.name, shape[1]]));
  return Object.fromEntries(Object.entries(graph.outputs).map(([level, node]) => [level, shapes.get(node)]));
};

const times = (count: number, value: number): number[] => Array.from({ length: count }, () => value);

describe('MobileNetV2', () => {
  // Trainable parameters up to the 320 channels of the last block: torchvision at width 1, tensorflow/models elsewhere.
  it.each([
    [1, 8, 1_811_712],
    [0.35, 8, 250_208],
    [0.5, 8, 480_320],
    [0.75, 8, 1_045_664],
    [1.4, 8, 3_509_376],
    [0.5, 1, 477_088],
    [0.75, 1, 1_037_624],
  ])('of width %f in multiples of %i has %i parameters', (depthMultiplier, divisor, parameters) => {
    expect(analyze(build({ depthMultiplier, divisor }).graph, [1, 33, 33, 3]).parameters).toBe(parameters);
  });

  it('offers the end of every resolution, and the inside of a block', () => {
    const { features } = build();
    const facts = Object.entries(features).map(([level, { stride, channels }]) => [level, stride, channels]);
    expect(facts).toEqual([
      ['c1', 2, 16],
      ['c2', 4, 24],
      ['c2Expanded', 4, 144],
      ['c3', 8, 32],
      ['c4', 16, 96],
      ['c5', 32, 320],
    ]);
  });

  it('reads further apart where a stride is removed, from the next layer on', () => {
    expect(rates(build({}, 32).graph)).toEqual(times(17, 1));
    expect(rates(build({}, 16).graph)).toEqual([...times(14, 1), ...times(3, 2)]);
    expect(rates(build({}, 8).graph)).toEqual([...times(7, 1), ...times(7, 2), ...times(3, 4)]);
    expect(strides(build({}, 8).graph)).toEqual([2, 2, 2]);
  });

  it('or from the next stage on', () => {
    const options = { atrousFrom: 'nextStage', padding: 'beforeExpansion' } as const;
    expect(rates(build(options, 16).graph)).toEqual([...times(16, 1), 2]);
    expect(rates(build(options, 8).graph)).toEqual([...times(10, 1), ...times(6, 2), 4]);
  });

  it('rounds sizes up, with borders anywhere but at an unpadded stem', () => {
    const padded = { c1: 33, c2: 17, c2Expanded: 17, c3: 9, c4: 9, c5: 9 };
    expect(sizes(build({}, 8).graph, 65)).toEqual(padded);
    expect(sizes(build({ padding: 'symmetric' }, 8).graph, 65)).toEqual(padded);
    expect(sizes(build({ padding: 'beforeExpansion' }, 8).graph, 65)).toEqual(padded);
    const unpadded = build({ padding: 'beforeExpansion', padStem: false }, 8);
    expect(sizes(unpadded.graph, 65)).toEqual({ c1: 32, c2: 16, c2Expanded: 16, c3: 8, c4: 8, c5: 8 });
  });

  it.each([
    [{ depthMultiplier: 0 }, 'depthMultiplier is 0'],
    [{ padding: 'valid' }, 'padding is "valid", expected one of "same", "symmetric", "beforeExpansion"'],
    [{ norm: 'group' }, 'norm is "group"'],
    [{ atrousFrom: 'start' }, 'atrousFrom is "start"'],
    [{ divisor: -8 }, 'divisor is -8'],
    [{ epsilon: 0 }, 'epsilon is 0'],
  ])('refuses %o', (options, message) => {
    const broken = () => build(options as Partial<MobilenetV2Options>);
    expect(broken).toThrow(ShapeError);
    expect(broken).toThrow(message);
  });

  it('is typed: wrong options do not compile', () => {
    // @ts-expect-error a width is a number
    mobilenetV2({ depthMultiplier: 'wide' });
    // @ts-expect-error there is no such border
    mobilenetV2({ padding: 'valid' });
    expectTypeOf(mobilenetV2.name).toEqualTypeOf<'mobilenet-v2'>();
  });
});
