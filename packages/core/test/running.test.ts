import { describe, expect, it } from 'vitest';
import {
  checkInputs,
  countReaders,
  poolingBin,
  createGraphBuilder,
  resizeTaps,
  type CornerRule,
  tensor,
  withInputShape,
  type Graph,
} from '../src/index.ts';

function twoInputs(): Graph {
  const builder = createGraphBuilder();
  const image = builder.input({ name: 'image', shape: [null, null, null, 1] });
  const prior = builder.input({ name: 'prior', shape: [null, null, null, 1] });
  const sum = builder.add([image, prior], { name: 'sum' });
  return builder.build({ sum, both: builder.concat([sum, image], { name: 'both' }) });
}

const zeros = (...shape: number[]) => tensor(new Float32Array(shape.reduce((a, b) => a * b, 1)), shape);

describe('checkInputs', () => {
  const graph = twoInputs();
  const builder = createGraphBuilder();
  const single = builder.build({ y: builder.activation(builder.input(), 'relu') });

  it('finds inputs by name, or the only one', () => {
    const [image, prior] = [zeros(1, 2, 2, 1), zeros(1, 2, 2, 1)];
    expect([...checkInputs(graph, { prior, image }).values()]).toEqual([image, prior]);
    const only = zeros(1, 2, 2, 3);
    expect([...checkInputs(single, only)]).toEqual([['image', only]]);
  });

  it('refuses missing ones, one for several, and other shapes', () => {
    const missing: unknown = expect.objectContaining({ code: 'INPUT_MISSING' });
    expect(() => checkInputs(graph, { image: zeros(1, 2, 2, 1) })).toThrow(missing);
    expect(() => checkInputs(graph, zeros(1, 2, 2, 1))).toThrow(missing);
    for (const wrong of [zeros(1, 2, 2, 4), zeros(2, 2, 3)])
      expect(() => checkInputs(single, wrong)).toThrow(expect.objectContaining({ code: 'INPUT_SHAPE' }) as unknown);
  });
});

it('withInputShape takes a shape per input', () => {
  const shapes = new Map([
    ['image', [1, 4, 5, 1]],
    ['prior', [1, 4, 5, 1]],
  ]);
  expect(withInputShape(twoInputs(), shapes).nodes.map(({ shape }) => shape)).toEqual([
    [1, 4, 5, 1],
    [1, 4, 5, 1],
    [1, 4, 5, 1],
    [1, 4, 5, 2],
  ]);
});

it('countReaders counts every reading, and outputs without end', () => {
  expect(Object.fromEntries(countReaders(twoInputs()))).toEqual({
    image: 2,
    prior: 1,
    sum: Infinity,
    both: Infinity,
  });
});

it('resizeTaps follows the four rules', () => {
  // Along a line of the values 1, 2, 3, …, a resized pixel says where it was read.
  const line = (corners: CornerRule, from: number, to: number, step?: number) =>
    Array.from({ length: to }, (_, i) => {
      const { lower, upper, lowerWeight, upperWeight } = resizeTaps(corners, i, from, to, step);
      expect([lower, upper].every((at) => at >= 0 && at < from)).toBe(true);
      return (lower + 1) * lowerWeight + (upper + 1) * upperWeight;
    });
  expect(line('alignCorners', 3, 5)).toEqual([1, 1.5, 2, 2.5, 3]);
  expect(line('alignCorners', 3, 1)).toEqual([1]);
  expect(line('halfPixel', 2, 4)).toEqual([1, 1.25, 1.75, 2]);
  expect(line('deconvolution', 2, 4)).toEqual([0.75, 1.25, 1.75, 1.5]);
  expect(line('deconvolution', 1, 3)).toEqual([2 / 3, 1, 2 / 3].map((value) => expect.closeTo(value) as number));
  expect(line('asymmetric', 2, 4)).toEqual([1, 1.5, 2, 2]);
  expect(line('asymmetric', 5, 7, 1 / 1.5)[3]).toBeCloseTo(3);
});

it('poolingBin parts an axis as PyTorch does', () => {
  const parts = (bins: number, extent: number) => Array.from({ length: bins }, (_, i) => poolingBin(i, bins, extent));
  expect(parts(3, 7)).toEqual([
    [0, 3],
    [2, 5],
    [4, 7],
  ]);
  expect(parts(2, 4)).toEqual([
    [0, 2],
    [2, 4],
  ]);
  expect(parts(3, 2)).toEqual([
    [0, 1],
    [0, 2],
    [1, 2],
  ]);
});
