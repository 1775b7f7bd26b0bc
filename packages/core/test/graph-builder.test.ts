import { describe, expect, it } from 'vitest';
import { createGraphBuilder, defineOp, ShapeError } from '../src/index.ts';

describe('graph builder', () => {
  it('keeps batch, height and width open until an input shape is given', () => {
    const builder = createGraphBuilder();
    const conv = builder.conv2d(builder.input(), { name: 'conv', filters: 4, kernel: 3, stride: 2 });
    expect(conv.shape).toEqual([null, null, null, 4]);
  });

  it.each([
    ['same', 12, 6],
    ['same', 13, 7],
    ['symmetric', 12, 6],
    ['symmetric', 13, 7],
    ['valid', 13, 6],
  ] as const)('%s padding takes %i rows to %i at stride 2', (padding, rows, expected) => {
    const builder = createGraphBuilder();
    const image = builder.input({ shape: [1, rows, rows, 3] });
    expect(builder.conv2d(image, { name: 'conv', filters: 1, kernel: 3, stride: 2, padding }).shape[1]).toBe(expected);
  });

  it('names parameters under the node and its scope', () => {
    const builder = createGraphBuilder();
    const conv = builder
      .scope('head')
      .conv2d(builder.input(), { name: 'logits', filters: 21, kernel: 1, useBias: true });
    expect(conv.params).toEqual({
      weights: { name: 'head/logits/weights', shape: [1, 1, 3, 21] },
      biases: { name: 'head/logits/biases', shape: [21] },
    });
  });

  it('lets two nodes share parameters', () => {
    const builder = createGraphBuilder();
    const image = builder.input();
    const one = builder.conv2d(image, { name: 'one', filters: 2, kernel: 1 });
    const two = builder.conv2d(image, { name: 'two', filters: 2, kernel: 1, shareWith: one.name });
    expect(two.params).toEqual(one.params);
  });

  it('drops nodes that no output needs', () => {
    const builder = createGraphBuilder();
    const image = builder.input();
    builder.activation(image, 'relu', { name: 'unused' });
    const graph = builder.build({ out: builder.activation(image, 'relu6', { name: 'used' }) });
    expect(graph.nodes.map((node) => node.name)).toEqual(['image', 'used']);
  });

  it.each([
    ['two nodes of one name', (b = createGraphBuilder()) => [b.input(), b.input()]],
    [
      'a rate of 0',
      (b = createGraphBuilder()) => b.conv2d(b.input(), { name: 'c', filters: 1, kernel: 3, atrousRate: 0 }),
    ],
    [
      'a sum of different channels',
      (b = createGraphBuilder()) => {
        const x = b.input();
        return b.add([x, b.conv2d(x, { name: 'c', filters: 5, kernel: 1 })]);
      },
    ],
    [
      'a window larger than its input',
      (b = createGraphBuilder()) => b.maxPool(b.input({ shape: [1, 2, 2, 3] }), { kernel: 3, padding: 'valid' }),
    ],
    ['a resize without a size', (b = createGraphBuilder()) => b.resizeBilinear(b.input(), { corners: 'halfPixel' })],
    [
      'channels that do not fill blocks',
      (b = createGraphBuilder()) => b.depthToSpace(b.input(), { blockSize: 2, order: 'crr' }),
    ],
  ])('refuses %s', (_what, act) => {
    expect(() => act()).toThrow(ShapeError);
  });

  it('takes ops defined by plugins', () => {
    const double = defineOp({
      name: 'double',
      description: 'twice the input',
      inferShape: (inputs) => inputs[0] ?? [],
      reference: ([x]) => ({ shape: x?.shape ?? [], data: Float32Array.from(x?.data ?? [], (value) => 2 * value) }),
    });
    const builder = createGraphBuilder();
    expect(builder.custom(double, [builder.input()], { name: 'twice' }).shape).toEqual([null, null, null, 3]);
  });
});
