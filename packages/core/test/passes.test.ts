import { describe, expect, it } from 'vitest';
import {
  createGraphBuilder,
  cutTaps,
  fixStrides,
  foldBatchNorm,
  fuseActivations,
  keepOutputs,
  optimizeForInference,
  removeDropout,
  removeIdentities,
  retarget,
} from '../src/index.ts';
import { countingWeights, fiveStageGraph } from './tiny-networks.ts';

describe('inference passes', () => {
  it('leave one convolution per stage', () => {
    const graph = fiveStageGraph(16);
    const optimized = optimizeForInference({ graph, weights: countingWeights(graph) });
    expect(optimized.graph.nodes.map((node) => node.kind)).toEqual(['input', ...Array<string>(5).fill('conv2d')]);
    expect(optimized.graph.nodes.at(-1)?.attrs).toMatchObject({
      activation: 'relu',
      useBias: true,
      atrousRate: [1, 1],
    });
  });

  it('fold a norm into filters and bias', () => {
    const b = createGraphBuilder();
    const conv = b.conv2d(b.input({ shape: [1, 1, 1, 1] }), { name: 'conv', filters: 1, kernel: 1, useBias: true });
    const graph = b.build({ out: b.batchNorm(conv, { name: 'norm', epsilon: 1 }) });
    const scalar = (value: number) => ({ shape: [1], data: Float32Array.of(value) });
    const weights = new Map([
      ['conv/weights', { shape: [1, 1, 1, 1], data: Float32Array.of(6) }],
      ['conv/biases', scalar(4)],
      ['norm/gamma', scalar(3)],
      ['norm/beta', scalar(5)],
      ['norm/moving_mean', scalar(2)],
      ['norm/moving_variance', scalar(8)],
    ]);
    const folded = foldBatchNorm({ graph, weights });
    // gamma / sqrt(8 + 1) = 1, so filters stay and the bias becomes 5 + (4 − 2).
    expect([...folded.weights.values()].map(({ data }) => [...data])).toEqual([[6], [7]]);
  });

  it('fold layers that share their parameters into layers that share theirs', () => {
    const b = createGraphBuilder();
    const input = b.input();
    const conv = b.conv2d(input, { name: 'conv', filters: 3, kernel: 1 });
    const norm = b.batchNorm(conv, { name: 'norm' });
    const again = b.addNode({ ...conv, name: 'again/conv' });
    const graph = b.build({ norm, again: b.addNode({ ...norm, name: 'again/norm', inputs: [again.name] }) });
    const { graph: folded, weights } = foldBatchNorm({ graph, weights: countingWeights(graph) });
    expect(folded.nodes.map(({ name }) => name)).toEqual(['image', 'conv', 'again/conv']);
    expect(folded.nodes[2]?.params).toEqual(folded.nodes[1]?.params);
    expect([...weights.keys()]).toEqual(['norm/folded_weights', 'norm/folded_biases']);
  });

  it('leave a norm alone where its convolution has another reader', () => {
    const b = createGraphBuilder();
    const conv = b.conv2d(b.input(), { name: 'conv', filters: 3, kernel: 1 });
    const graph = b.build({ conv, norm: b.batchNorm(conv, { name: 'norm' }) });
    expect(foldBatchNorm({ graph, weights: countingWeights(graph) }).graph.nodes).toHaveLength(3);
  });

  it('leave an activation alone where its input has another reader', () => {
    const b = createGraphBuilder();
    const conv = b.conv2d(b.input(), { name: 'conv', filters: 3, kernel: 1 });
    const graph = b.build({ conv, relu: b.activation(conv, 'relu') });
    expect(fuseActivations(graph)).toEqual(graph);
  });

  it('keep the rate of a layer that hangs on a node they remove', () => {
    const b = createGraphBuilder({ outputStride: 2 });
    const stem = b.conv2d(b.input(), { name: 'stem', filters: 2, kernel: 3, stride: 2, nominal: true });
    const skip = b.conv2d(stem, { name: 'skip', filters: 2, kernel: 1, stride: 2, nominal: true });
    const norm = b.batchNorm(skip, { name: 'norm' });
    const branch = b.conv2d(stem, { name: 'branch', filters: 2, kernel: 3, nominal: true, densityOf: norm });
    const graph = b.build({ norm, branch });
    const optimized = optimizeForInference({ graph, weights: countingWeights(graph) }).graph;
    expect(optimized.nodes.some(({ name }) => name === 'norm')).toBe(false);
    expect(optimized.nodes.find(({ name }) => name === 'branch')?.attrs).toMatchObject({ atrousRate: [2, 2] });
    expect(retarget(optimized, 4).nodes.find(({ name }) => name === 'branch')?.attrs).toMatchObject({
      atrousRate: [1, 1],
    });
  });

  it('take out dropout and keep output names', () => {
    const b = createGraphBuilder();
    const graph = b.build({ out: b.dropout(b.activation(b.input(), 'relu', { name: 'relu' }), { rate: 0.5 }) });
    const without = removeDropout(graph);
    expect(without.outputs).toEqual({ out: 'relu' });
    expect(without.nodes.map((node) => node.kind)).toEqual(['input', 'activation']);
  });

  it('keep some outputs and what leads to them', () => {
    const graph = fiveStageGraph(16);
    const [image, first] = graph.nodes;
    const both = { ...graph, outputs: { ...graph.outputs, early: first!.name } };
    expect(keepOutputs(both, Object.keys(graph.outputs))).toEqual(graph);
    expect(keepOutputs(both, ['early']).nodes).toEqual([image, first]);
    expect(() => keepOutputs(graph, ['toString'])).toThrow('there is no output "toString", the graph has');
  });

  it('cut the taps that only read padding', () => {
    const convAt = (atrousRate: number, shape: readonly (number | null)[]) => {
      const b = createGraphBuilder();
      const graph = b.build({ out: b.conv2d(b.input({ shape }), { name: 'conv', filters: 1, kernel: 3, atrousRate }) });
      return cutTaps({ graph, weights: countingWeights(graph) });
    };
    const centre = convAt(12, [1, 9, 12, 1]);
    expect(centre.graph.nodes[1]?.attrs).toMatchObject({ kernel: [1, 1], atrousRate: [1, 1] });
    expect([...centre.weights.values()][0]?.data).toEqual(Float32Array.of(0.05));
    const column = convAt(9, [1, 12, 9, 1]);
    expect(column.graph.nodes[1]?.attrs).toMatchObject({ kernel: [3, 1], atrousRate: [9, 1] });
    expect([...column.weights.values()][0]?.data).toEqual(Float32Array.of(0.02, 0.05, 0.08));
    expect(convAt(8, [1, 9, 9, 1]).graph.nodes[1]?.attrs).toMatchObject({ kernel: [3, 3] });
    expect(convAt(12, [1, null, null, 1]).graph.nodes[1]?.attrs).toMatchObject({ kernel: [3, 3] });
  });

  it('cut a depthwise filter that two layers share once', () => {
    const b = createGraphBuilder();
    const x = b.input({ shape: [1, 4, 4, 2] });
    const options = { kernel: 3, atrousRate: 4, shareWith: 'shared' };
    const first = b.depthwiseConv2d(x, { ...options, name: 'first' });
    const graph = b.build({ out: b.depthwiseConv2d(first, { ...options, name: 'second' }) });
    const { graph: cut, weights } = cutTaps({ graph, weights: countingWeights(graph) });
    expect(cut.nodes[1]?.params).toEqual(cut.nodes[2]?.params);
    expect([...weights.values()].map(({ data }) => [...data])).toEqual([[...Float32Array.of(0.09, 0.1)]]);
  });

  it('take out what changes nothing, where that is known', () => {
    const chain = (shape: readonly (number | null)[]) => {
      const b = createGraphBuilder();
      const image = b.input({ shape });
      const padded = b.pad(image, { pads: { top: 0, bottom: 0, left: 0, right: 0 } });
      const same = b.resizeBilinear(b.maxPool(padded, { kernel: 1 }), { corners: 'halfPixel', size: [6, 5] });
      const graph = b.build({ out: b.activation(b.concat([same]), 'relu') });
      return removeIdentities(graph).nodes.map(({ kind }) => kind);
    };
    expect(chain([1, 6, 5, 2])).toEqual(['input', 'activation']);
    expect(chain([1, null, 5, 2])).toEqual(['input', 'resizeBilinear', 'activation']);
  });

  it('leave a resize alone that moves what it keeps the size of', () => {
    const b = createGraphBuilder();
    const image = b.input({ shape: [1, 5, 5, 1] });
    const graph = b.build({ out: b.resizeBilinear(image, { corners: 'halfPixel', scale: 1.1 }) });
    expect(removeIdentities(graph)).toEqual(graph);
  });

  it('fix strides and rates so that no output stride changes them', () => {
    const fixed = fixStrides(fiveStageGraph(8));
    expect(fixed.nodes.map(({ shape }) => shape)).toEqual(fiveStageGraph(8).nodes.map(({ shape }) => shape));
    expect(() => retarget(fixed, 16)).toThrow('output stride');
  });

  it('name the weight that is missing', () => {
    expect(() => optimizeForInference({ graph: fiveStageGraph(16), weights: new Map() })).toThrow(
      expect.objectContaining({ code: 'WEIGHT_MISSING' }),
    );
  });
});
