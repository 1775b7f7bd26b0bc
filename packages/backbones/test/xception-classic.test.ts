import { xceptionClassic, type XceptionClassicOptions } from '@atrous/backbones/xception-classic';
import { analyze, createGraphBuilder, retarget, ShapeError, type Features, type Graph } from '@atrous/core';
import { describe, expect, it } from 'vitest';

const VAINF = { padStem: false, atrousFrom: 'sameBlock', exitPadding: 'one', exitNorm: false, epsilon: 1e-5 } as const;

function build(
  options: Partial<XceptionClassicOptions> = {},
  outputStride: number | null = null,
): { readonly graph: Graph; readonly features: Features } {
  const builder = createGraphBuilder({ outputStride });
  const features = xceptionClassic(options).build(builder.scope('backbone'), builder.input());
  const nodes = Object.entries(features).map(([level, { node }]) => [level, node] as const);
  return { graph: builder.build(Object.fromEntries(nodes)), features };
}

/** Rates of the depthwise convolutions. */
const rates = (graph: Graph): number[] =>
  graph.nodes.flatMap((node) => (node.kind === 'depthwiseConv2d' ? [node.attrs.atrousRate[0]] : []));

const pools = (graph: Graph): number[][] =>
  graph.nodes.flatMap((node) => (node.kind === 'maxPool' ? [[node.attrs.kernel[0], node.attrs.strides[0]]] : []));

const times = (count: number, value: number): number[] => Array.from({ length: count }, () => value);

describe('Xception with max pooling', () => {
  it('has the parameters of the published network without its classifier', () => {
    // 22,855,952 that are trained, less 2048 × 1000 weights and 1000 biases.
    expect(analyze(build().graph, [1, 65, 65, 3]).parameters).toBe(20_806_952);
  });

  it('offers the end of every resolution', () => {
    const { features } = build();
    expect(Object.entries(features).map(([level, { stride, channels }]) => [level, stride, channels])).toEqual([
      ['c1', 2, 64],
      ['c2', 4, 128],
      ['c3', 8, 256],
      ['c4', 16, 728],
      ['c5', 32, 2048],
    ]);
  });

  it('reads further apart from the next block on, or with VainF the block itself', () => {
    expect(rates(build({}, 16).graph)).toEqual([...times(32, 1), 2, 2]);
    expect(rates(build(VAINF, 16).graph)).toEqual([...times(30, 1), ...times(4, 2)]);
    expect(rates(build({}, 8).graph)).toEqual([...times(6, 1), ...times(26, 2), 4, 4]);
    expect(rates(build(VAINF, 8).graph)).toEqual([...times(4, 1), ...times(26, 2), ...times(4, 4)]);
  });

  it('keeps the poolings of blocks that lose their stride, or with VainF does not', () => {
    const strided = [3, 2];
    expect(pools(build({}, 16).graph)).toEqual([strided, strided, strided, [3, 1]]);
    expect(pools(build(VAINF, 16).graph)).toEqual([strided, strided, strided, [1, 1]]);
  });

  it('with VainF loses rows at the stem and at the exit', () => {
    const shapes = (options: Partial<XceptionClassicOptions>) => {
      const { graph, features } = build(options, 16);
      const { nodes } = analyze(graph, [1, 129, 129, 3]);
      return ['c1', 'c2', 'c5'].map(
        (level) => nodes.find(({ node }) => node.name === features[level]?.node.name)?.shape[1],
      );
    };
    expect(shapes({})).toEqual([65, 33, 9]);
    // As in the golden case of this size.
    expect(shapes(VAINF)).toEqual([62, 31, 4]);
  });

  it.each<Partial<XceptionClassicOptions>>([{}, VAINF])(
    'retargets to what it would have been built as: %o',
    (options) => {
      expect(retarget(build(options, 16).graph, 8)).toEqual(build(options, 8).graph);
      expect(retarget(build(options, 8).graph, 32)).toEqual(build(options, 32).graph);
    },
  );

  it.each([
    [{ atrousFrom: 'nextLayer' }, 'atrousFrom is "nextLayer", expected one of "nextBlock", "sameBlock"'],
    [{ exitPadding: 'two' }, 'exitPadding is "two"'],
    [{ norm: 'group' }, 'norm is "group"'],
    [{ epsilon: 0 }, 'epsilon is 0'],
  ])('refuses %o', (options, message) => {
    const broken = () => build(options as Partial<XceptionClassicOptions>);
    expect(broken).toThrow(ShapeError);
    expect(broken).toThrow(message);
  });
});
