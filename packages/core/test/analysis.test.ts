import { describe, expect, it } from 'vitest';
import { analyze, createGraphBuilder, type GraphBuilder, type Node } from '../src/index.ts';

const conv = (b: GraphBuilder, x: Node, name: string, filters: number, kernel: number, atrousRate = 1): Node =>
  b.conv2d(x, { name, filters, kernel, atrousRate, padding: 'symmetric', useBias: true });

function vgg16(b: GraphBuilder, image: Node): Node {
  const stages = [
    [64, 64],
    [128, 128],
    [256, 256, 256],
    [512, 512, 512],
    [512, 512, 512],
  ];
  let x = image;
  stages.forEach((stage, s) => {
    stage.forEach((filters, i) => (x = conv(b, x, `conv${s + 1}_${i + 1}`, filters, 3)));
    x = b.maxPool(x, { name: `pool${s + 1}`, kernel: 2, stride: 2, padding: 'valid' });
  });
  return x;
}

describe('analysis', () => {
  it('finds the receptive fields of VGG-16: 212 at pool5, 404 at a 7 × 7 fc6', () => {
    const b = createGraphBuilder();
    const pool5 = vgg16(b, b.input());
    const graph = b.build({ fc6: conv(b, pool5, 'fc6', 4096, 7) });
    const { nodes } = analyze(graph, [1, 224, 224, 3]);
    const field = (name: string) => nodes.find(({ node }) => node.name === name)?.receptiveField;
    expect(field('pool5')).toMatchObject({ size: [212, 212], stride: [32, 32] });
    expect(field('fc6')).toMatchObject({ size: [404, 404] });
  });

  it('counts the 14,714,688 parameters of VGG-16', () => {
    const b = createGraphBuilder();
    expect(analyze(b.build({ pool5: vgg16(b, b.input()) }), [1, 64, 64, 3]).parameters).toBe(14_714_688);
  });

  it('finds the 67 × 67 field of the dilated context module', () => {
    const b = createGraphBuilder();
    let x = b.input();
    [1, 1, 2, 4, 8, 16, 1].forEach((rate, i) => (x = conv(b, x, `ct${i}`, 21, 3, rate)));
    const { nodes } = analyze(b.build({ x }), [1, 80, 80, 3]);
    expect(nodes.map(({ receptiveField }) => receptiveField.size[0])).toEqual([1, 3, 5, 9, 17, 33, 65, 67]);
  });

  it('counts one multiply-add per tap, channel and output', () => {
    const b = createGraphBuilder();
    const dense = b.conv2d(b.input(), { name: 'dense', filters: 4, kernel: 3, stride: 2 });
    const graph = b.build({ out: b.depthwiseConv2d(dense, { name: 'depthwise', kernel: 3, atrousRate: 2 }) });
    const { nodes, multiplyAdds } = analyze(graph, [1, 9, 9, 3]);
    expect(nodes.map((node) => node.multiplyAdds)).toEqual([0, 25 * 4 * 9 * 3, 25 * 4 * 9]);
    expect(multiplyAdds).toBe(25 * 4 * 9 * 4);
  });

  it('counts interpolated taps row by row, then column by column', () => {
    const b = createGraphBuilder();
    const attrs = {
      target: { kind: 'size', size: [8, 12] },
      ...{ corners: 'halfPixel', kernel: [3, 2], atrousRate: [1, 1], padding: 'same', filters: 5 },
      ...{ useBias: true, activation: 'relu' },
    } as const;
    const taps = (channels: number) => {
      const image = b.input({ name: `image${channels}`, shape: [1, 4, 6, channels] });
      const params = { biases: { name: 'biases', shape: [5] } };
      return b.addNode({ kind: 'interpolateTaps', name: 'taps', inputs: [image.name], attrs, params });
    };
    expect(() => taps(31)).toThrow('"taps" has 3 × 2 taps of 5 channels each, and an input of 31');
    const { nodes, parameters } = analyze(b.build({ out: taps(30) }), [1, 4, 6, 30]);
    // 8 rows of 6 columns, 2 taps, 2 · 3 terms; then 12 columns of 2 · 2 terms.
    expect(nodes[1]).toMatchObject({ shape: [1, 8, 12, 5], multiplyAdds: 5 * 8 * (6 * 2 * 6 + 12 * 4) });
    expect(nodes[1]?.receptiveField.size).toEqual([2 + 1, 2 + 0.5]);
    expect(parameters).toBe(5);
  });

  it('counts shared parameters once and moving statistics never', () => {
    const b = createGraphBuilder();
    const image = b.input();
    const one = b.conv2d(image, { name: 'one', filters: 3, kernel: 1 });
    const two = b.conv2d(one, { name: 'two', filters: 3, kernel: 1, shareWith: 'one' });
    expect(analyze(b.build({ out: b.batchNorm(two, { name: 'norm' }) }), [1, 5, 5, 3]).parameters).toBe(9 + 6);
  });

  it('sees the whole image through gates, and no more through many of them', () => {
    const b = createGraphBuilder();
    let x = b.input();
    for (let i = 0; i < 5; i++) {
      const seen = b.conv2d(x, { name: `conv${i}`, filters: 3, kernel: 3 });
      x = b.multiply(seen, b.globalAvgPool(seen));
    }
    const { nodes } = analyze(b.build({ out: x }), [1, 30, 40, 3]);
    const fields = nodes.filter(({ node }) => node.kind === 'multiply').map(({ receptiveField }) => receptiveField);
    // The image and, on both sides, the padding that the convolutions before the pooling read.
    expect(fields.map(({ size }) => size)).toEqual([1, 2, 3, 4, 5].map((pad) => [30 + 2 * pad, 40 + 2 * pad]));
    expect(fields.at(-1)).toMatchObject({ stride: [1, 1], offset: [-5, -5] });
  });

  it('sees the whole image behind global pooling', () => {
    const b = createGraphBuilder();
    const graph = b.build({ out: b.globalAvgPool(b.input()) });
    expect(analyze(graph, [1, 30, 40, 3]).nodes.at(-1)?.receptiveField.size).toEqual([30, 40]);
  });

  it('stays as dense as what is scaled by factors of whole channels', () => {
    const b = createGraphBuilder();
    const x = b.input();
    const scaled = b.multiply(x, b.activation(b.globalAvgPool(x), 'sigmoid'), { name: 'scaled' });
    const graph = b.build({ out: b.conv2d(scaled, { name: 'conv', filters: 1, kernel: 3 }) });
    const fields = analyze(graph, [1, 30, 40, 3]).nodes.map(({ receptiveField }) => receptiveField);
    // The first unit sees the image, and of the padding the row and column on its side.
    expect(fields.slice(-2)).toMatchObject([
      { size: [30, 40], stride: [1, 1] },
      { size: [31, 41], stride: [1, 1], offset: [-1, -1] },
    ]);
  });
});
