import { fieldOfUnit } from '@atrous/atrous-ops';
import {
  analyze,
  createGraphBuilder,
  parametersOf,
  ShapeError,
  sizeOf,
  tensor,
  type Graph,
  type Padding,
} from '@atrous/core';
import { referenceRuntime } from '@atrous/runtime-reference';
import { describe, expect, it } from 'vitest';

const inputShape = (side: number) => [1, side, side, 1] as const;

function stack(rates: readonly number[]): Graph {
  const builder = createGraphBuilder();
  let x = builder.input({ shape: [null, null, null, 1] });
  for (const [i, atrousRate] of rates.entries())
    x = builder.conv2d(x, { name: `conv${i}`, filters: 1, kernel: 3, atrousRate });
  return builder.build({ out: x });
}

const fieldOfStack = (rates: readonly number[]) =>
  fieldOfUnit(stack(rates), { inputShape: inputShape(81), layer: `conv${rates.length - 1}` });

/** A little of everything that adds up: stride, pad, a depthwise branch, a sum, a concatenation, channels to space. */
function mixed(): Graph {
  const builder = createGraphBuilder();
  const image = builder.input({ shape: [null, null, null, 1] });
  const stem = builder.conv2d(image, { name: 'stem', filters: 1, kernel: 3, stride: 2, padding: 'symmetric' });
  const padded = builder.pad(stem, { pads: { top: 2, bottom: 0, left: 1, right: 1 } });
  const atrous = builder.conv2d(padded, {
    name: 'valid',
    filters: 1,
    kernel: [3, 2],
    atrousRate: [1, 2],
    padding: 'valid',
  });
  const depthwise = builder.depthwiseConv2d(stem, { name: 'depthwise', kernel: 3, atrousRate: 2 });
  const sum = builder.add([atrous, depthwise, stem]);
  const both = builder.concat([sum, stem]);
  const last = builder.conv2d(both, { name: 'last', filters: 4, kernel: 3 });
  return builder.build({ out: builder.depthToSpace(last, { name: 'spread', blockSize: 2, order: 'crr' }) });
}

describe('fieldOfUnit', () => {
  // Along one axis three 3-tap layers make 1 3 6 7 6 3 1, so that of 7 × 7 products up to 49 only the corners are below 4.55 %.
  it.each([
    [[1], 3],
    [[2], 3],
    [[1, 1], 5],
    [[1, 1, 1], Math.sqrt(45)],
    [[2, 2, 2], Math.sqrt(45)],
  ])('finds that rates %j have an effective field of side %f', (rates, side) => {
    expect(fieldOfStack(rates).effectiveSide).toBeCloseTo(side, 12);
  });

  // Positions of three 3-tap layers along one axis: seen, of the extent.
  it.each([
    [[2, 2, 2], 7, 13],
    [[1, 2, 3], 13, 13],
    [[1, 2, 5], 17, 17],
    [[1, 2, 4], 15, 15],
    [[1, 2, 9], 21, 25],
    [[2, 4, 6], 13, 25],
    [[2, 4, 8], 15, 29],
    [[3, 4, 5], 21, 25],
    [[5, 9, 17], 27, 63],
    [[6, 12, 18], 13, 73],
    [[1, 2, 5, 9], 35, 35],
  ])('finds that rates %j see %i of %i rows', (rates, seen, extent) => {
    const { box, coverage } = fieldOfStack(rates);
    expect(box).toEqual({ top: 40 - (extent - 1) / 2, left: 40 - (extent - 1) / 2, height: extent, width: extent });
    expect(coverage).toBeCloseTo((seen / extent) ** 2, 12);
  });

  it('counts paths: two 3×3 make the triangle 1 2 3 2 1', () => {
    const { paths, size, effectiveShare } = fieldOfUnit(stack([1, 1]), { inputShape: inputShape(5), layer: 'conv1' });
    expect(size).toEqual([5, 5]);
    const row = [1, 2, 3, 2, 1];
    expect([...paths]).toEqual(row.flatMap((a) => row.map((b) => a * b)));
    // Of 81 paths the heaviest positions carry 9 + 4 · 6 + 2 · 4 = 41.
    expect(effectiveShare).toBe(7 / 25);
  });

  it('is the response of a network of ones', async () => {
    const graph = mixed();
    const side = 9;
    const ones = new Map(
      [...parametersOf(graph).values()].map(({ name, shape }) => [
        name,
        tensor(new Float32Array(sizeOf(shape)).fill(1), shape),
      ]),
    );
    const network = await referenceRuntime().compile(graph, ones, { exact: true });
    const { paths, at } = fieldOfUnit(graph, { inputShape: inputShape(side), layer: 'spread', at: [3, 6] });
    expect(at).toEqual([3, 6]);
    const answers: number[] = [];
    for (let pixel = 0; pixel < side ** 2; pixel++) {
      const data = new Float32Array(side ** 2);
      data[pixel] = 1;
      const { out } = await network.run(tensor(data, inputShape(side)));
      answers.push(out?.data[3 * (out.shape[2] ?? 0) + 6] ?? NaN);
    }
    expect([...paths]).toEqual(answers);
  });

  it('sees as far as the receptive field says', () => {
    const graph = mixed();
    const { nodes } = analyze(graph, [1, 65, 65, 1]);
    const { box } = fieldOfUnit(graph, { inputShape: [1, 65, 65, 1], layer: 'last', at: [16, 16] });
    const { offset, size, stride } = nodes.find(({ node }) => node.name === 'last')!.receptiveField;
    expect([box.height, box.width]).toEqual(size);
    expect([box.top, box.left]).toEqual(offset.map((first, axis) => first + 16 * stride[axis]!));
  });

  it('can look at a map in between', () => {
    const field = fieldOfUnit(stack([1, 2, 2]), { inputShape: inputShape(33), layer: 'conv2', seen: 'conv0' });
    expect(field.coverage).toBeCloseTo(25 / 81, 12);
  });

  it('cuts what lies beyond the border', () => {
    const { box } = fieldOfUnit(stack([4]), { inputShape: inputShape(9), layer: 'conv0', at: [0, 8] });
    expect(box).toEqual({ top: 0, left: 4, height: 5, width: 5 });
  });

  it('sees everything through image pooling only when asked', () => {
    const builder = createGraphBuilder();
    const image = builder.input({ shape: [null, null, null, 1] });
    const mean = builder.globalAvgPool(image, { name: 'mean' });
    const wide = builder.resizeBilinear(mean, { name: 'wide', corners: 'alignCorners', like: image });
    const graph = builder.build({ out: builder.concat([wide, image], { name: 'both' }) });
    const options = { inputShape: inputShape(7), layer: 'both' };
    expect(fieldOfUnit(graph, options).box).toMatchObject({ height: 1, width: 1 });
    expect(fieldOfUnit(graph, { ...options, imagePooling: true })).toMatchObject({
      box: { height: 7, width: 7 },
      coverage: 1,
    });
    expect(fieldOfUnit(graph, { ...options, layer: 'wide' })).toMatchObject({
      coverage: 0,
      effectiveShare: 0,
      effectiveSide: 0,
    });
  });

  it('reads the neighbours of a resized position', () => {
    const builder = createGraphBuilder();
    const image = builder.input({ shape: [null, null, null, 1] });
    const graph = builder.build({
      out: builder.resizeBilinear(image, { name: 'twice', corners: 'alignCorners', size: [9, 9] }),
    });
    const boxAt = (row: number) =>
      fieldOfUnit(graph, { inputShape: inputShape(5), layer: 'twice', at: [row, row] }).box;
    expect(boxAt(4)).toEqual({ top: 2, left: 2, height: 1, width: 1 });
    expect(boxAt(5)).toEqual({ top: 2, left: 2, height: 2, width: 2 });
  });

  it('reads as much through interpolated taps as through the convolution they stand for', () => {
    const build = (padding: Padding, fused: boolean) => {
      const builder = createGraphBuilder();
      const image = builder.input({ shape: [null, null, null, 1] });
      const target = { kind: 'size', size: [9, 10] } as const;
      const window = { kernel: [3, 2], atrousRate: [2, 1], padding, filters: 1, useBias: false } as const;
      const rest = { target, corners: 'halfPixel', activation: 'linear', ...window } as const;
      const taps = builder.conv2d(image, { name: 'taps', filters: 6, kernel: 1 });
      const large = builder.resizeBilinear(image, { corners: 'halfPixel', size: target.size });
      const out = fused
        ? builder.addNode({ kind: 'interpolateTaps', name: 'out', inputs: [taps.name], attrs: rest, params: {} })
        : builder.conv2d(large, { name: 'out', ...window });
      return fieldOfUnit(builder.build({ out }), { inputShape: inputShape(4), layer: 'out', at: [2, 3] });
    };
    for (const padding of ['same', 'valid', { top: 1, bottom: 2, left: 0, right: 3 }] as const)
      expect(build(padding, true)).toEqual(build(padding, false));
  });

  it('refuses layers and units that are not there', () => {
    const graph = stack([1]);
    expect(() => fieldOfUnit(graph, { inputShape: inputShape(5), layer: 'conv9' })).toThrow(ShapeError);
    expect(() => fieldOfUnit(graph, { inputShape: inputShape(5), layer: 'conv0', at: [5, 0] })).toThrow(
      '"conv0" has 5 × 5 units, none at 5, 0',
    );
  });
});
