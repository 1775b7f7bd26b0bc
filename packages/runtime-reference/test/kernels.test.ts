import { createGraphBuilder, defineOp, type Graph, type Node, type GraphBuilder, type Tensor } from '@atrous/core';
import { describe, expect, it } from 'vitest';
import { runGraph } from '../src/index.ts';

const image = (shape: readonly number[], values: readonly number[]): Tensor => ({
  shape,
  data: Float32Array.from(values),
});

function network(build: (b: GraphBuilder, x: Node) => Node, channels = 1): Graph {
  const b = createGraphBuilder();
  return b.build({ y: build(b, b.input({ shape: [null, null, null, channels] })) });
}

async function compute(graph: Graph, x: Tensor, weights: Record<string, Tensor> = {}): Promise<Tensor> {
  return (await runGraph(graph, new Map(Object.entries(weights)), { image: x })).y as Tensor;
}

describe('convolution', () => {
  it('reads its taps `atrousRate` apart', async () => {
    const g = network((b, x) => b.conv2d(x, { name: 'c', filters: 1, kernel: [1, 3], atrousRate: 2, padding: 'same' }));
    const w = image([1, 3, 1, 1], [1, 10, 100]);
    const y = await compute(g, image([1, 1, 5, 1], [1, 2, 3, 4, 5]), { 'c/weights': w });
    expect([...y.data]).toEqual([310, 420, 531, 42, 53]);
  });

  it("puts the odd column of TensorFlow's padding on the right and PyTorch's half on the left", async () => {
    const strided = (padding: 'same' | 'symmetric') =>
      network((b, x) => b.conv2d(x, { name: 'c', filters: 1, kernel: [1, 3], stride: 2, padding }));
    const x = image([1, 1, 4, 1], [1, 2, 3, 4]);
    const weights = { 'c/weights': image([1, 3, 1, 1], [1, 10, 100]) };
    expect([...(await compute(strided('same'), x, weights)).data]).toEqual([321, 43]);
    expect([...(await compute(strided('symmetric'), x, weights)).data]).toEqual([210, 432]);
  });

  it('sums over input channels and keeps depthwise channels apart', async () => {
    const x = image([1, 1, 1, 5], [1, 2, 3, 4, 5]);
    const dense = network((b, n) => b.conv2d(n, { name: 'c', filters: 2, kernel: 1, useBias: true }), 5);
    const y = await compute(dense, x, {
      'c/weights': image([1, 1, 5, 2], [1, 0, 1, 0, 1, 0, 1, 0, 1, 10]),
      'c/biases': image([2], [0.5, -1]),
    });
    expect([...y.data]).toEqual([15.5, 49]);
    const depthwise = network((b, n) => b.depthwiseConv2d(n, { name: 'd', multiplier: 2, kernel: 1 }), 5);
    const z = await compute(depthwise, x, {
      'd/depthwise_weights': image([1, 1, 5, 2], [1, 2, 1, 2, 1, 2, 1, 2, 1, 2]),
    });
    expect([...z.data]).toEqual([1, 2, 2, 4, 3, 6, 4, 8, 5, 10]);
  });
});

describe('pools', () => {
  const x = image([1, 1, 4, 1], [-4, -3, -2, -1]);
  it('never lets padding win a maximum', async () => {
    const g = network((b, n) => b.maxPool(n, { kernel: [1, 3], stride: [1, 3], padding: 'symmetric' }));
    expect([...(await compute(g, x)).data]).toEqual([-3, -1]);
  });

  it('divides by the window inside the image, or by the window inside the padded image', async () => {
    const mean = (countPadding: boolean) =>
      network((b, n) =>
        b.avgPool(n, { kernel: [1, 3], stride: [1, 2], padding: 'symmetric', rounding: 'ceil', countPadding }),
      );
    expect([...(await compute(mean(false), x)).data]).toEqual([-3.5, -2, -1]);
    const counted = [...(await compute(mean(true), x)).data];
    expect(counted[0]).toBeCloseTo(-7 / 3, 6);
    expect(counted[2]).toBeCloseTo(-1 / 2, 6);
  });
});

describe('resizing', () => {
  const x = image([1, 1, 3, 1], [0, 1, 2]);
  const resized = async (
    corners: 'alignCorners' | 'halfPixel' | 'asymmetric',
    options: { size?: [number, number]; scale?: [number, number] },
  ) => [
    ...(
      await compute(
        network((b, n) => b.resizeBilinear(n, { corners, ...options })),
        x,
      )
    ).data,
  ];

  it('pins, centres or starts at the corner', async () => {
    expect(await resized('alignCorners', { size: [1, 5] })).toEqual([0, 0.5, 1, 1.5, 2]);
    expect(await resized('halfPixel', { size: [1, 6] })).toEqual([0, 0.25, 0.75, 1.25, 1.75, 2]);
    expect(await resized('asymmetric', { size: [1, 6] })).toEqual([0, 0.5, 1, 1.5, 2, 2]);
  });

  it('divides coordinates by the factor itself when sizes were rounded', async () => {
    const [, second] = await resized('halfPixel', { scale: [1, 1.5] });
    expect(second).toBeCloseTo(1.5 / 1.5 - 0.5, 6);
    expect(await resized('halfPixel', { scale: [1, 1.5] })).toHaveLength(4);
  });
});

it('lets the lowest class win a tie', async () => {
  const y = await compute(
    network((b, n) => b.argMax(n), 3),
    image([1, 1, 2, 3], [1, 5, 5, 2, 2, 2]),
  );
  expect(y.data).toEqual(Int32Array.from([1, 0]));
});

it('reads pixel-shuffle channels in both orders', async () => {
  const shuffled = async (order: 'crr' | 'rrc') => [
    ...(
      await compute(
        network((b, n) => b.depthToSpace(n, { blockSize: 2, order }), 8),
        image([1, 1, 1, 8], [0, 1, 2, 3, 4, 5, 6, 7]),
      )
    ).data,
  ];
  expect(await shuffled('rrc')).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  expect(await shuffled('crr')).toEqual([0, 4, 1, 5, 2, 6, 3, 7]);
});

it('names a custom op whose result is not what it promised', async () => {
  const op = defineOp({
    name: 'crop',
    description: 'promises its input shape, returns one pixel',
    inferShape: ([x]) => x ?? [],
    reference: () => image([1, 1, 1, 1], [0]),
  });
  const g = network((b, x) => b.custom(op, [x], { name: 'cropped' }));
  await expect(runGraph(g, new Map(), { image: image([1, 1, 2, 1], [1, 2]) }, { ops: [op] })).rejects.toThrow(
    'the op "crop" promised [1, 1, 2, 1] and returned [1, 1, 1, 1]',
  );
});

it('adaptive pooling takes the mean of even parts, which overlap where sizes do not divide', async () => {
  const g = network((b, x) => b.adaptiveAvgPool(x, { bins: [1, 2] }));
  expect([...(await compute(g, image([1, 2, 5, 1], [1, 2, 3, 4, 5, 11, 12, 13, 14, 15]))).data]).toEqual([7, 9]);
});
