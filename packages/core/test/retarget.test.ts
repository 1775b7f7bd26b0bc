import { describe, expect, it } from 'vitest';
import {
  createGraphBuilder,
  graphFromJson,
  graphToJson,
  parametersOf,
  retarget,
  withInputShape,
  type Graph,
} from '../src/index.ts';
import { fiveStageGraph } from './tiny-networks.ts';

const rates = (graph: Graph): number[] =>
  graph.nodes.flatMap((node) => (node.kind === 'conv2d' ? [node.attrs.atrousRate[0]] : []));
const strides = (graph: Graph): number[] =>
  graph.nodes.flatMap((node) => (node.kind === 'conv2d' ? [node.attrs.strides[0]] : []));

describe('output stride', () => {
  it('turns the strides beyond it into rates, the stripped layer keeping its own', () => {
    const graph = fiveStageGraph(8);
    expect(strides(graph)).toEqual([2, 2, 2, 1, 1]);
    expect(rates(graph)).toEqual([1, 1, 1, 1, 2]);
  });

  it.each([4, 8, 16, 32])('re-targets to %i exactly as if built there', (outputStride) => {
    expect(retarget(fiveStageGraph(16), outputStride)).toEqual(fiveStageGraph(outputStride));
  });

  it.each([
    [32, [8, 4], [1, 1]],
    [16, [8, 2], [1, 1]],
    [8, [8, 1], [1, 1]],
    [4, [4, 1], [1, 2]],
    [1, [1, 1], [1, 8]],
  ])('cuts a larger stride to the part that fits into %i', (outputStride, expectedStrides, expectedRates) => {
    const b = createGraphBuilder({ outputStride });
    const a = b.conv2d(b.input(), { name: 'a', filters: 2, kernel: 3, stride: 8, nominal: true });
    const graph = b.build({ out: b.conv2d(a, { name: 'b', filters: 2, kernel: 3, stride: 4, nominal: true }) });
    expect(strides(graph)).toEqual(expectedStrides);
    expect(rates(graph)).toEqual(expectedRates);
  });

  it('keeps parameter names and shapes', () => {
    const graph = fiveStageGraph(32);
    expect(parametersOf(retarget(graph, 8))).toEqual(parametersOf(graph));
  });

  it('refuses strides that no product of layers gives', () => {
    expect(() => retarget(fiveStageGraph(16), 12)).toThrow(/output stride 8, not 12/);
    expect(() => retarget(fiveStageGraph(16), 64)).toThrow(/output stride 32, not 64/);
  });

  it('doubles the rates of a head when the stride halves, and leaves fixed ones', () => {
    const build = (outputStride: number): Graph => {
      const b = createGraphBuilder({ outputStride });
      let x = b.input();
      for (let i = 0; i < 5; i++) x = b.conv2d(x, { name: `c${i}`, filters: 2, kernel: 1, stride: 2, nominal: true });
      const aspp = b.conv2d(x, { name: 'aspp', filters: 2, kernel: 3, atrousRate: 3, nominal: true });
      return b.build({ out: b.conv2d(aspp, { name: 'fixed', filters: 2, kernel: 3, atrousRate: 5 }) });
    };
    expect(rates(build(16)).slice(-2)).toEqual([6, 5]);
    expect(rates(build(8)).slice(-2)).toEqual([12, 5]);
  });

  it('takes fractions of rates where the output stride makes them whole', () => {
    const build = (outputStride: number): Graph => {
      const b = createGraphBuilder({ outputStride });
      const x = b.conv2d(b.input(), { name: 'a', filters: 2, kernel: 1, stride: 2, nominal: true });
      const y = b.conv2d(x, { name: 'b', filters: 2, kernel: 1, stride: 2, nominal: true });
      return b.build({ out: b.conv2d(y, { name: 'c', filters: 2, kernel: 3, atrousRate: 1.5, nominal: true }) });
    };
    expect(rates(build(2)).at(-1)).toBe(3);
    expect(() => build(4)).toThrow(/"c" would need rate 1.5/);
  });

  it('can take the rate of a whole stage from one node', () => {
    const b = createGraphBuilder({ outputStride: 2 });
    const stem = b.conv2d(b.input(), { name: 'stem', filters: 2, kernel: 3, stride: 2, nominal: true });
    const first = b.conv2d(stem, { name: 'first', filters: 2, kernel: 3, stride: 2, nominal: true, densityOf: 'self' });
    const late = b.conv2d(first, { name: 'late', filters: 2, kernel: 3, nominal: true, densityOf: stem });
    expect(rates(b.build({ late }))).toEqual([1, 2, 1]);
  });

  it('keeps a node that a rate is from, though nothing reads it', () => {
    const build = (outputStride: number): Graph => {
      const b = createGraphBuilder({ outputStride });
      const strided = b.conv2d(b.input(), { name: 'strided', filters: 2, kernel: 3, stride: 2, nominal: true });
      const unread = b.maxPool(strided, { name: 'unread', kernel: 3, stride: 2, nominal: true });
      const last = { name: 'last', filters: 2, kernel: 3, stride: 2, nominal: true, densityOf: unread };
      return b.build({ last: b.conv2d(strided, last) });
    };
    expect(rates(build(2))).toEqual([1, 2]);
    expect(retarget(build(2), 4)).toEqual(build(4));
    expect(graphFromJson(graphToJson(build(4)))).toEqual(build(4));
  });

  it('averages over the same part of the image at any output stride', () => {
    const build = (outputStride: number): Graph => {
      const b = createGraphBuilder({ outputStride });
      let x = b.input();
      for (let i = 0; i < 5; i++) x = b.conv2d(x, { name: `c${i}`, filters: 2, kernel: 1, stride: 2, nominal: true });
      return b.build({ mean: b.avgPool(x, { name: 'mean', crop: [513, 769], stride: [4, 5], padding: 'valid' }) });
    };
    const window = (graph: Graph) => graph.nodes.flatMap((node) => (node.kind === 'avgPool' ? [node.attrs] : []));
    expect(window(build(32))).toMatchObject([{ kernel: [17, 25], strides: [4, 5] }]);
    expect(window(build(16))).toMatchObject([{ kernel: [33, 49], strides: [4, 5] }]);
    expect(retarget(build(32), 8)).toEqual(build(8));
    // Of a smaller image, all of it.
    const shapes = new Map([['image', [1, 257, 1025, 3]]]);
    expect(window(withInputShape(build(32), shapes))).toMatchObject([{ kernel: [9, 25], strides: [4, 5] }]);
  });

  it('drops a pooling together with its stride where it is to go with it', () => {
    const build = (outputStride: number): Graph => {
      const b = createGraphBuilder({ outputStride });
      const x = b.conv2d(b.input(), { name: 'stem', filters: 2, kernel: 3, stride: 2, nominal: true });
      const shared = { kernel: 3, stride: 2, nominal: true } as const;
      const kept = b.maxPool(x, { name: 'kept', ...shared });
      return b.build({ kept, gone: b.maxPool(x, { name: 'gone', goesWithStride: true, ...shared }) });
    };
    const windows = (graph: Graph) =>
      graph.nodes.flatMap((node) => (node.kind === 'maxPool' ? [[node.attrs.kernel[0], node.attrs.strides[0]]] : []));
    expect(windows(build(4))).toEqual([
      [3, 2],
      [3, 2],
    ]);
    expect(windows(build(2))).toEqual([
      [3, 1],
      [1, 1],
    ]);
    expect(retarget(build(4), 2)).toEqual(build(2));
    expect(retarget(build(2), 4)).toEqual(build(4));
  });
});

describe('graph JSON', () => {
  it('round-trips', () => {
    const graph = fiveStageGraph(16);
    expect(graphFromJson(graphToJson(graph))).toEqual(graph);
  });

  it.each(['', '{}', '[]', 'null', '{"format":"atrous-graph","version":1,"nodes":[{}],"outputs":{}}'])(
    'refuses %s',
    (text) => {
      expect(() => graphFromJson(text)).toThrow(expect.objectContaining({ code: 'GRAPH_FORMAT' }));
    },
  );

  it('refuses rates that hang on what is not there', () => {
    const text = graphToJson(fiveStageGraph(16)).replace('"nominal":{', '"nominal":{"densityOf":"nowhere",');
    expect(() => graphFromJson(text)).toThrow(/has its rate from "nowhere"/);
  });

  it('refuses nodes that read what is not there', () => {
    const text = graphToJson(fiveStageGraph(16)).replace('"inputs":["image"]', '"inputs":["nowhere"]');
    expect(() => graphFromJson(text)).toThrow(/reads "nowhere"/);
  });

  it('refuses parameters that do not follow from the attributes', () => {
    const graph = fiveStageGraph(16);
    const text = graphToJson(graph);
    const first = [...parametersOf(graph).values()][0]!;
    const wrong = text.replace(JSON.stringify(first.shape), '[1,1,1,1]');
    expect(wrong).not.toBe(text);
    expect(() => graphFromJson(wrong)).toThrow(/its attributes ask for/);
  });
});
