import { describe, expect, it } from 'vitest';
import {
  analyze,
  classifyBeforeUpsampling,
  createGraphBuilder,
  foldPads,
  fusedKinds,
  fuseTail,
  optimize,
  poolAsBias,
  projectThenUpsample,
  withInputShape,
  type CornerRule,
  type Fusion,
  type Graph,
} from '../src/index.ts';
import { countingWeights } from './tiny-networks.ts';

const kinds = ({ nodes }: Graph): readonly string[] => nodes.map(({ kind }) => kind);

const open = [1, null, null, 8] as const;

/** A DeepLab v3+ of one layer each, up to labels at the size of the image. */
function tinyDeepLab(): Graph {
  const b = createGraphBuilder({ outputStride: 16 });
  const image = b.input();
  const low = b.conv2d(image, { name: 'low', filters: 4, kernel: 3, stride: 4, nominal: true });
  const high = b.conv2d(low, { name: 'high', filters: 16, kernel: 3, stride: 4, nominal: true });
  const aspp = b.conv2d(high, { name: 'aspp', filters: 8, kernel: 3, atrousRate: 6 });
  const pooled = b.conv2d(b.globalAvgPool(high), { name: 'pooled', filters: 8, kernel: 1 });
  const spread = b.resizeBilinear(pooled, { corners: 'halfPixel', like: aspp });
  const context = b.conv2d(b.concat([aspp, spread]), { name: 'projection', filters: 8, kernel: 1 });
  const norm = b.activation(b.batchNorm(context, { name: 'norm' }), 'relu');
  const joined = b.concat([low, b.resizeBilinear(norm, { corners: 'halfPixel', like: low })]);
  const decoder = b.activation(b.conv2d(joined, { name: 'decoder', filters: 8, kernel: 3, useBias: true }), 'relu');
  const logits = b.conv2d(b.dropout(decoder, { rate: 0.1 }), { name: 'logits', filters: 5, kernel: 1, useBias: true });
  return b.build({ labels: b.argMax(b.resizeBilinear(logits, { corners: 'halfPixel', like: image })) });
}

const optimized = (graph: Graph, target: readonly Fusion[]): Graph =>
  optimize(graph, countingWeights(graph), { target }).graph;

describe('optimize', () => {
  it('writes fused kinds for runtimes that have them, with fewer multiply-adds', () => {
    const graph = tinyDeepLab();
    const { nodes } = optimized(graph, ['broadcastAdd', ...fusedKinds]);
    expect(nodes.map(({ name, kind }) => `${kind} ${name}`)).toEqual([
      'input image',
      'conv2d low',
      'conv2d high',
      'conv2d aspp',
      'globalAvgPool globalAvgPool',
      'conv2d pooled',
      'conv2d projection/map',
      'conv2d projection/pooled',
      'add projection',
      'conv2d decoder/rest',
      'conv2d decoder/taps',
      'interpolateTaps decoder/enlarged',
      'add decoder',
      'conv2d logits',
      'resizeArgMax argMax',
    ]);
    const cost = (of: Graph): number => analyze(of, [1, 129, 129, 3]).multiplyAdds;
    expect(cost(optimized(graph, ['interpolateTaps']))).toBeLessThan(0.65 * cost(graph));
  });

  it('writes the kinds of builders for runtimes that have no others', () => {
    const before = new Set(kinds(tinyDeepLab()));
    const after = kinds(optimized(tinyDeepLab(), []));
    expect(after.filter((kind) => !before.has(kind as never))).toEqual([]);
    expect(after).toHaveLength(15);
  });

  it('cuts taps where the size is known', () => {
    const kernelOfAspp = (side: number) =>
      optimized(withInputShape(tinyDeepLab(), [1, side, side, 3]), []).nodes.find(({ name }) => name === 'aspp')?.attrs;
    expect(kernelOfAspp(96)).toMatchObject({ kernel: [1, 1] });
    expect(kernelOfAspp(112)).toMatchObject({ kernel: [3, 3] });
  });
});

describe('classifyBeforeUpsampling', () => {
  const classified = (options: { corners?: CornerRule; useBias?: boolean; scale?: number }): readonly string[] => {
    const { corners = 'halfPixel', useBias = true, scale = 4 } = options;
    const b = createGraphBuilder();
    const large = b.resizeBilinear(b.input({ shape: open }), { corners, scale });
    return kinds(
      classifyBeforeUpsampling(b.build({ y: b.conv2d(large, { name: 'y', filters: 3, kernel: 1, useBias }) })),
    );
  };

  it('puts the resize last where it enlarges', () => {
    expect(classified({})).toEqual(['input', 'conv2d', 'resizeBilinear']);
    expect(classified({ scale: 0.5 })).toEqual(['input', 'resizeBilinear', 'conv2d']);
  });

  it('keeps a bias behind weights that do not sum up to 1', () => {
    expect(classified({ corners: 'deconvolution' })).toEqual(['input', 'resizeBilinear', 'conv2d']);
    expect(classified({ corners: 'deconvolution', useBias: false })).toEqual(['input', 'conv2d', 'resizeBilinear']);
  });
});

describe('poolAsBias', () => {
  it('splits the filter by channels, wherever the pooled branch stands', () => {
    const b = createGraphBuilder();
    const image = b.input({ shape: [1, 4, 4, 1] });
    const spread = b.resizeBilinear(b.globalAvgPool(image), { corners: 'alignCorners', like: image });
    const y = b.conv2d(b.concat([image, spread, image]), { name: 'y', filters: 2, kernel: 1, useBias: true });
    const graph = b.build({ y });
    const { graph: split, weights } = poolAsBias({ graph, weights: countingWeights(graph) });
    expect(kinds(split)).toEqual(['input', 'globalAvgPool', 'concat', 'conv2d', 'conv2d', 'add']);
    const hundredths = (name: string) => [...(weights.get(name)?.data ?? [])].map((value) => Math.round(100 * value));
    expect(hundredths('y/weights/channels_0_1_2_3')).toEqual([1, 2, 5, 6]);
    expect(hundredths('y/weights/channels_1_2')).toEqual([3, 4]);
  });
});

describe('projectThenUpsample', () => {
  const projected = (scale: number, filters = 4): Graph => {
    const b = createGraphBuilder();
    const large = b.resizeBilinear(b.input({ shape: open }), { corners: 'alignCorners', scale });
    const graph = b.build({ y: b.conv2d(large, { name: 'y', filters, kernel: 3, atrousRate: 2, useBias: true }) });
    return projectThenUpsample({ graph, weights: countingWeights(graph) }).graph;
  };

  it('is done where it takes fewer multiply-adds', () => {
    expect(kinds(projected(4))).toEqual(['input', 'conv2d', 'interpolateTaps']);
    expect(kinds(projected(1.05))).toEqual(['input', 'resizeBilinear', 'conv2d']);
  });

  it('leaves the window and the bias to the sums', () => {
    const [, taps, sums] = projected(4).nodes;
    expect(taps).toMatchObject({ attrs: { kernel: [1, 1], filters: 36, useBias: false } });
    expect(sums).toMatchObject({
      name: 'y',
      attrs: { kernel: [3, 3], atrousRate: [2, 2], padding: 'same', useBias: true },
    });
  });
});

describe('fuseTail and foldPads', () => {
  it('leave alone what has other readers', () => {
    const b = createGraphBuilder();
    const large = b.resizeBilinear(b.input({ shape: open }), { corners: 'halfPixel', scale: 2 });
    const graph = b.build({ large, labels: b.argMax(large) });
    expect(fuseTail(graph)).toEqual(graph);
  });

  it('take labels from logits, not from their probabilities', () => {
    const b = createGraphBuilder();
    const large = b.resizeBilinear(b.input({ shape: open }), { corners: 'halfPixel', scale: 2 });
    const probabilities = b.softmax(large, { name: 'probabilities' });
    const labels = b.argMax(probabilities, { name: 'labels' });
    expect(fuseTail(b.build({ labels })).nodes.map(({ kind }) => kind)).toEqual(['input', 'resizeArgMax']);
    const both = fuseTail(b.build({ labels, probabilities }));
    expect(both.nodes.map(({ kind }) => kind)).toEqual(['input', 'resizeBilinear', 'softmax', 'argMax']);
    expect(both.nodes.at(-1)?.inputs).toEqual([large.name]);
  });

  it('add paddings up', () => {
    const b = createGraphBuilder();
    const padded = b.pad(b.input({ shape: open }), { pads: { top: 1, bottom: 2, left: 3, right: 4 } });
    const graph = b.build({ y: b.conv2d(padded, { name: 'y', filters: 1, kernel: 3, padding: 'symmetric' }) });
    const [, conv] = foldPads(graph).nodes;
    expect(conv?.attrs).toMatchObject({ padding: { top: 2, bottom: 3, left: 4, right: 5 } });
    expect(conv?.shape).toEqual(graph.nodes[2]?.shape);
  });
});
