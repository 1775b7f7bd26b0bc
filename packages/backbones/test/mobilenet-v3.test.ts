import { mobilenetV3, type MobilenetV3Options } from '@atrous/backbones/mobilenet-v3';
import { analyze, createGraphBuilder, retarget, ShapeError, type Features, type Graph } from '@atrous/core';
import { describe, expect, it } from 'vitest';

function build(
  options: Partial<MobilenetV3Options> = {},
  outputStride: number | null = null,
): { readonly graph: Graph; readonly features: Features } {
  const builder = createGraphBuilder({ outputStride });
  const features = mobilenetV3(options).build(builder.scope('backbone'), builder.input());
  const nodes = Object.entries(features).map(([level, { node }]) => [level, node] as const);
  return { graph: builder.build(Object.fromEntries(nodes)), features };
}

const rates = (graph: Graph): number[] =>
  graph.nodes.flatMap((node) => (node.kind === 'depthwiseConv2d' ? [node.attrs.atrousRate[0]] : []));

const factsOf = (features: Features) =>
  Object.entries(features).map(([level, { stride, channels }]) => [level, stride, channels]);

const times = (count: number, value: number): number[] => Array.from({ length: count }, () => value);

describe('MobileNetV3', () => {
  // Trainable parameters of torchvision's networks without their classifiers.
  it.each([
    ['large', 2_971_952],
    ['small', 927_008],
  ] as const)('%s has %i parameters', (size, parameters) => {
    expect(analyze(build({ size }).graph, [1, 33, 33, 3]).parameters).toBe(parameters);
  });

  it('large offers the end of every resolution, and the first block at stride 8', () => {
    expect(factsOf(build().features)).toEqual([
      ['c1', 2, 16],
      ['c2', 4, 24],
      ['c3First', 8, 40],
      ['c3', 8, 40],
      ['c4', 16, 112],
      ['c5', 32, 960],
      ['c3Expanded', 8, 120],
    ]);
  });

  it('small offers the same levels', () => {
    expect(factsOf(build({ size: 'small' }).features)).toEqual([
      ['c1', 2, 16],
      ['c2', 4, 16],
      ['c3First', 8, 24],
      ['c3', 8, 24],
      ['c4', 16, 48],
      ['c5', 32, 576],
      ['c3Expanded', 8, 88],
    ]);
  });

  it('may have a tail of half the channels', () => {
    const tail = (size: 'large' | 'small') =>
      build({ size, reducedTail: true }).graph.nodes.flatMap((node) =>
        node.kind === 'depthwiseConv2d' || /\/(project|last)$/.test(node.name) ? [node.shape[3]] : [],
      );
    expect(tail('large').slice(-9)).toEqual([672, 112, 336, 80, 480, 80, 480, 80, 480]);
    expect(tail('small').slice(-9)).toEqual([144, 48, 144, 48, 288, 48, 288, 48, 288]);
  });

  it("has TensorFlow's borders or PyTorch's", () => {
    const paddings = (options: Partial<MobilenetV3Options>) =>
      new Set(
        build(options).graph.nodes.flatMap((node) => (node.kind === 'depthwiseConv2d' ? [node.attrs.padding] : [])),
      );
    expect([...paddings({})]).toEqual(['symmetric']);
    expect([...paddings({ padding: 'same' })]).toEqual(['same']);
  });

  it('reads further apart from the very layer that lost its stride', () => {
    expect(rates(build({}, 32).graph)).toEqual(times(15, 1));
    expect(rates(build({}, 16).graph)).toEqual([...times(12, 1), ...times(3, 2)]);
    expect(rates(build({}, 8).graph)).toEqual([...times(6, 1), ...times(6, 2), ...times(3, 4)]);
    expect(rates(build({ size: 'small' }, 16).graph)).toEqual([...times(8, 1), ...times(3, 2)]);
  });

  it('may leave that layer as it was', () => {
    const atrousFrom = 'nextLayer';
    expect(rates(build({ atrousFrom }, 16).graph)).toEqual([...times(13, 1), ...times(2, 2)]);
    expect(rates(build({ atrousFrom }, 8).graph)).toEqual([...times(7, 1), ...times(6, 2), ...times(2, 4)]);
    expect(rates(build({ size: 'small', atrousFrom }, 16).graph)).toEqual([...times(9, 1), ...times(2, 2)]);
  });

  it('squeezes to a quarter, in multiples of 8 and never below nine tenths of it', () => {
    const squeezed = build({}, 16).graph.nodes.flatMap((node) =>
      node.kind === 'conv2d' && node.name.endsWith('squeeze_excite/reduce') ? [node.attrs.filters] : [],
    );
    expect(squeezed).toEqual([24, 32, 32, 120, 168, 168, 240, 240]);
  });

  it.each<Partial<MobilenetV3Options>>([{}, { size: 'small', reducedTail: true }, { norm: 'folded' }])(
    'retargets to what it would have been built as: %o',
    (options) => {
      expect(retarget(build(options, 16).graph, 8)).toEqual(build(options, 8).graph);
      expect(retarget(build(options, 8).graph, 32)).toEqual(build(options, 32).graph);
    },
  );

  it.each([
    [{ size: 'medium' }, 'size is "medium", expected one of "large", "small"'],
    [{ padding: 'beforeExpansion' }, 'padding is "beforeExpansion", expected one of "same", "symmetric"'],
    [{ atrousFrom: 'nextStage' }, 'atrousFrom is "nextStage"'],
    [{ norm: 'group' }, 'norm is "group"'],
    [{ epsilon: 0 }, 'epsilon is 0'],
  ])('refuses %o', (options, message) => {
    const broken = () => build(options as Partial<MobilenetV3Options>);
    expect(broken).toThrow(ShapeError);
    expect(broken).toThrow(message);
  });
});
