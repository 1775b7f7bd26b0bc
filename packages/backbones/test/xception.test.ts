import { xception, type XceptionOptions } from '@atrous/backbones/xception';
import { analyze, createGraphBuilder, retarget, ShapeError, type Features, type Graph } from '@atrous/core';
import { describe, expect, it } from 'vitest';

const JFZHANG95 = { rectifiedSkips: 'all', exitDepthwiseRelu: false, exitBlockEnd: 'dense', epsilon: 1e-5 } as const;
const BUBBLIIIING = { rectifiedSkips: 'identity', exitStride: 1, epsilon: 1e-5 } as const;

function build(
  options: Partial<XceptionOptions> = {},
  outputStride: number | null = null,
): { readonly graph: Graph; readonly features: Features } {
  const builder = createGraphBuilder({ outputStride });
  const features = xception(options).build(builder.scope('backbone'), builder.input());
  const nodes = Object.entries(features).map(([level, { node }]) => [level, node] as const);
  return { graph: builder.build(Object.fromEntries(nodes)), features };
}

/** Rates of the depthwise convolutions. */
const rates = (graph: Graph): number[] =>
  graph.nodes.flatMap((node) => (node.kind === 'depthwiseConv2d' ? [node.attrs.atrousRate[0]] : []));

const times = (count: number, value: number): number[] => Array.from({ length: count }, () => value);

const inputsOfNode = (graph: Graph, name: string): readonly string[] | undefined =>
  graph.nodes.find((node) => node.name === name)?.inputs;

describe('Xception', () => {
  // Trainable parameters of tensorflow/models' networks without their classifiers; the ports with 65 layers have as many.
  it.each([
    [41, 24_920_560],
    [65, 37_867_312],
    [71, 40_289_736],
  ] as const)('of %i layers has %i parameters', (layers, parameters) => {
    expect(analyze(build({ layers }).graph, [1, 33, 33, 3]).parameters).toBe(parameters);
  });

  it.each<[Partial<XceptionOptions>, number[]]>([
    [{ layers: 41 }, [64, 128, 256, 728, 2048]],
    [{ layers: 65 }, [64, 128, 256, 728, 2048]],
    [{ layers: 71 }, [64, 256, 728, 728, 2048]],
  ])('%o offers the end of every resolution, and the inside of a block', (options, channels) => {
    const { features } = build(options);
    expect(['c1', 'c2', 'c3', 'c4', 'c5'].map((level) => features[level]?.channels)).toEqual(channels);
    expect(['c1', 'c2', 'c3', 'c4', 'c5'].map((level) => features[level]?.stride)).toEqual([2, 4, 8, 16, 32]);
    const inner = ['c2Inner', 'c3Inner', 'c4Inner'].map((level) => features[level]);
    expect(inner.map((feature) => [feature?.stride, feature?.channels])).toEqual([
      [4, 256],
      [8, 728],
      [16, 1024],
    ]);
  });

  it('reads further apart where a stride is removed, from the next layer on', () => {
    const [entry, middle, exitBlock, exit] = [9, 48, 3, 3];
    expect(rates(build({}, 16).graph)).toEqual([...times(entry + middle + exitBlock, 1), ...times(exit, 2)]);
    expect(rates(build({}, 8).graph)).toEqual([...times(entry, 1), ...times(middle + exitBlock, 2), ...times(exit, 4)]);
  });

  it('in the ports reads the exit flow less far apart', () => {
    expect(rates(build(BUBBLIIIING, 16).graph)).toEqual(times(63, 1));
    expect(rates(build(BUBBLIIIING, 8).graph)).toEqual([...times(9, 1), ...times(54, 2)]);
    expect(rates(build(JFZHANG95, 16).graph)).toEqual([...times(60, 1), ...times(3, 2)]);
    expect(rates(build(JFZHANG95, 8).graph)).toEqual([...times(9, 1), ...times(50, 2), 1, ...times(3, 4)]);
  });

  it('rectifies no skip, those without a convolution, or all of them', () => {
    const google = build({}, 16).graph;
    expect(inputsOfNode(google, 'backbone/block3/skip')).toEqual(['backbone/block2/add']);
    expect(inputsOfNode(google, 'backbone/block5/add')).toContain('backbone/block4/add');
    const bubbliiiing = build(BUBBLIIIING, 16).graph;
    expect(inputsOfNode(bubbliiiing, 'backbone/block3/skip')).toEqual(['backbone/block2/add']);
    expect(inputsOfNode(bubbliiiing, 'backbone/block5/add')).toContain('backbone/block5/relu1');
    const jfzhang95 = build(JFZHANG95, 16).graph;
    expect(inputsOfNode(jfzhang95, 'backbone/block3/skip')).toEqual(['backbone/block2/relu']);
    expect(inputsOfNode(jfzhang95, 'backbone/block5/add')).toContain('backbone/block4/relu');
  });

  it.each<Partial<XceptionOptions>>([{}, { layers: 41, norm: 'folded' }, { layers: 71 }, JFZHANG95])(
    'retargets to what it would have been built as: %o',
    (options) => {
      expect(retarget(build(options, 16).graph, 8)).toEqual(build(options, 8).graph);
      expect(retarget(build(options, 8).graph, 32)).toEqual(build(options, 32).graph);
    },
  );

  it.each([
    [{ layers: 50 }, 'layers is 50, expected one of 41, 65, 71'],
    [{ rectifiedSkips: true }, 'rectifiedSkips is true'],
    [{ exitStride: 4 }, 'exitStride is 4, expected one of 1, 2'],
    [{ exitBlockEnd: 'open' }, 'exitBlockEnd is "open"'],
    [{ norm: 'group' }, 'norm is "group"'],
    [{ epsilon: 0 }, 'epsilon is 0'],
  ])('refuses %o', (options, message) => {
    const broken = () => build(options as Partial<XceptionOptions>);
    expect(broken).toThrow(ShapeError);
    expect(broken).toThrow(message);
  });
});
