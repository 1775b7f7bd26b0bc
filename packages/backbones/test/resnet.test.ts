import { resnet, type ResnetOptions } from '@atrous/backbones/resnet';
import { analyze, createGraphBuilder, retarget, ShapeError, type Features, type Graph } from '@atrous/core';
import { describe, expect, it } from 'vitest';

function build(
  options: Partial<ResnetOptions> = {},
  outputStride: number | null = null,
): { readonly graph: Graph; readonly features: Features } {
  const builder = createGraphBuilder({ outputStride });
  const features = resnet(options).build(builder.scope('backbone'), builder.input());
  const nodes = Object.entries(features).map(([level, { node }]) => [level, node] as const);
  return { graph: builder.build(Object.fromEntries(nodes)), features };
}

/** Rates of the 3×3 convolutions of a block's units. */
const rates = (graph: Graph, block: number): number[] =>
  graph.nodes.flatMap((node) =>
    node.kind === 'conv2d' && node.attrs.kernel[0] === 3 && node.name.startsWith(`backbone/block${block}/`)
      ? [node.attrs.atrousRate[0]]
      : [],
  );

const strided = (graph: Graph): string[] =>
  graph.nodes.flatMap((node) =>
    'strides' in node.attrs && node.attrs.strides[0] > 1 ? [node.name.replace('backbone/', '')] : [],
  );

const sizes = (graph: Graph, size: number): Record<string, number | undefined> => {
  const shapes = new Map(analyze(graph, [1, size, size, 3]).nodes.map(({ node, shape }) => [node.name, shape[1]]));
  return Object.fromEntries(Object.entries(graph.outputs).map(([level, node]) => [level, shapes.get(node)]));
};

const parameters = (options: Partial<ResnetOptions>): number =>
  analyze(build(options).graph, [1, 65, 65, 3]).parameters;

const beta = { stem: '3x3', pool: 'same', strideAt: 'last3x3' } as const;
const caffe = { pool: 'ceil', strideAt: 'first1x1' } as const;

describe('ResNet', () => {
  // Trainable parameters without the classifier, as torchvision counts them.
  it.each([
    [18, 11_176_512],
    [34, 21_284_672],
    [50, 23_508_032],
    [101, 42_500_160],
    [152, 58_143_808],
  ] as const)('of %i layers has %i parameters', (depth, expected) => {
    expect(parameters({ depth })).toBe(expected);
  });

  it.each([
    [50, 23_631_808],
    [101, 42_623_936],
    [152, 58_267_584],
  ] as const)('of %i layers with three convolutions for a stem has %i', (depth, expected) => {
    expect(parameters({ depth, ...beta })).toBe(expected);
  });

  it.each([
    [50, 23_527_264],
    [101, 42_519_392],
    [152, 58_163_040],
  ] as const)('of %i layers with narrow ones has %i', (depth, expected) => {
    expect(parameters({ depth, stem: '3x3Narrow' })).toBe(expected);
  });

  it('offers the end of every resolution', () => {
    const facts = (options: Partial<ResnetOptions>) =>
      Object.entries(build(options).features).map(([level, { stride, channels }]) => [level, stride, channels]);
    const deep = [
      ['c1', 2, 64],
      ['c2', 4, 256],
      ['c3', 8, 512],
      ['c4', 16, 1024],
      ['c5', 32, 2048],
      ['c2Residual', 4, 256],
      ['c3Residual', 8, 512],
      ['c4Residual', 16, 1024],
    ];
    expect(facts({})).toEqual(deep);
    expect(facts(beta)).toEqual([['c1', 2, 128], ...deep.slice(1)]);
    expect(facts({ depth: 18 }).at(4)).toEqual(['c5', 32, 512]);
  });

  it('has the strides where the flavour has them', () => {
    const branches = (options: Partial<ResnetOptions>) =>
      strided(build(options).graph).filter((n) => /conv\d$/.test(n));
    expect(branches({})).toEqual(['block2/unit1/conv2', 'block3/unit1/conv2', 'block4/unit1/conv2']);
    expect(branches(caffe)).toEqual(['block2/unit1/conv1', 'block3/unit1/conv1', 'block4/unit1/conv1']);
    expect(branches(beta)).toEqual(['block1/unit3/conv2', 'block2/unit4/conv2', 'block3/unit6/conv2']);
    expect(strided(build(beta).graph)).toContain('block1/unit3/subsample');
  });

  it('reads further apart after a removed stride', () => {
    const { graph } = build({}, 8);
    expect(rates(graph, 3)).toEqual([1, 2, 2, 2, 2, 2]);
    expect(rates(graph, 4)).toEqual([2, 4, 4]);
    expect(rates(build({}, 16).graph, 4)).toEqual([1, 2, 2]);
    expect(rates(build({ depth: 18 }, 16).graph, 4)).toEqual([1, 2, 2, 2]);
  });

  it('also in the layer itself, when asked to, or when the 1×1 before it has the stride', () => {
    for (const options of [{ atrousFrom: 'sameLayer' } as const, caffe]) {
      expect(rates(build(options, 8).graph, 3)).toEqual([2, 2, 2, 2, 2, 2]);
      expect(rates(build({ ...options, multiGrid: [1, 2, 4] }, 16).graph, 4)).toEqual([2, 4, 8]);
    }
    expect(rates(build({ ...beta, multiGrid: [1, 2, 4] }, 16).graph, 4)).toEqual([2, 4, 8]);
    expect(rates(build(beta, 16).graph, 3)).toEqual([1, 1, 1, 1, 1, 1]);
  });

  it('takes hybrid rates, which hold at output stride 8', () => {
    const hybridRates = [
      [2, 2, 5, 9, 1, 2],
      [5, 9, 17],
    ];
    for (const strideAt of ['first1x1', 'first3x3'] as const) {
      const { graph } = build({ strideAt, hybridRates }, 8);
      expect([rates(graph, 3), rates(graph, 4)]).toEqual(hybridRates);
      expect(() => retarget(graph, 16)).toThrow(/which is not a whole number/);
    }
  });

  it('pools with the border of the port', () => {
    const at = (pool: ResnetOptions['pool'], size: number) => sizes(build({ pool }, 8).graph, size).c2;
    expect([at('symmetric', 65), at('same', 65), at('ceil', 65), at('valid', 65)]).toEqual([17, 17, 17, 16]);
    expect([at('symmetric', 64), at('same', 64), at('ceil', 64), at('valid', 64)]).toEqual([16, 16, 17, 15]);
    expect(sizes(build({}, 16).graph, 513)).toMatchObject({
      c1: 257,
      c2: 129,
      c2Residual: 129,
      c3: 65,
      c4: 33,
      c5: 33,
    });
  });

  it.each<Partial<ResnetOptions>>([
    {},
    beta,
    { ...caffe, multiGrid: [1, 2, 1] },
    { atrousFrom: 'sameLayer', norm: 'folded' },
    { depth: 34 },
  ])('retargets to what it would have been built as: %o', (options) => {
    expect(retarget(build(options, 16).graph, 8)).toEqual(build(options, 8).graph);
    expect(retarget(build(options, 8).graph, 32)).toEqual(build(options, 32).graph);
  });

  it.each([
    [{ depth: 51 }, 'depth is 51, expected one of 18, 34, 50, 101, 152'],
    [{ stem: '5x5' }, 'stem is "5x5"'],
    [{ pool: 'none' }, 'pool is "none"'],
    [{ depth: 18, strideAt: 'first1x1' }, 'strideAt is "first1x1", expected one of "first3x3"'],
    [{ atrousFrom: 'start' }, 'atrousFrom is "start"'],
    [{ multiGrid: [1, 2] }, 'multiGrid has 2 rates for 3 units'],
    [{ multiGrid: [1, 0, 1] }, 'multiGrid is 0'],
    [{ hybridRates: [[1], [5, 9, 17]] }, 'hybridRates has 1 rates for 6 units'],
    [{ hybridRates: [[5, 9, 17]] }, 'hybridRates are two lists'],
    [{ epsilon: 0 }, 'epsilon is 0'],
    [{ norm: 'group' }, 'norm is "group"'],
  ])('refuses %o', (options, message) => {
    const broken = () => build(options as Partial<ResnetOptions>);
    expect(broken).toThrow(ShapeError);
    expect(broken).toThrow(message);
  });

  it('is typed: wrong options do not compile', () => {
    // @ts-expect-error there is no such network
    resnet({ depth: 51 });
    // @ts-expect-error strides are not placed by number
    resnet({ strideAt: 1 });
  });
});
