import { UnsupportedError, WeightsError } from '@atrous/core';
import {
  detectNameMap,
  formatImportReport,
  importWeights,
  type Checkpoint,
  type FilterLayout,
  type NameMap,
  type StoredTensor,
} from '@atrous/weights';
import { describe, expect, it } from 'vitest';
import { tinyGraph, tinyWeights } from './support/tiny-network.ts';

const map = (layout: FilterLayout, prefix = ''): NameMap => ({
  name: `${prefix}${layout}`,
  description: 'for tests',
  layout,
  sourcesOf: ({ name }) => [`other/${name}`, `${prefix}${name}`],
  ignores: (name) => name.endsWith('/Momentum'),
});

const checkpointOf = (tensors: Iterable<readonly [string, StoredTensor]>): Checkpoint => ({
  format: 'test',
  tensors: new Map(tensors),
  metadata: {},
});

/** Axes by name, so that what the import must undo is written another way than the import does it. */
function laidOut(
  axes: string,
  sizes: Readonly<Record<string, number>>,
  value: (at: Readonly<Record<string, number>>) => number,
): StoredTensor {
  const shape = [...axes].map((axis) => sizes[axis] ?? 1);
  const data = Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, flat) => {
    const at: Record<string, number> = {};
    let rest = flat;
    for (const axis of [...axes].toReversed()) {
      at[axis] = rest % (sizes[axis] ?? 1);
      rest = Math.floor(rest / (sizes[axis] ?? 1));
    }
    return value(at);
  });
  return { dtype: 'float32', shape, data };
}

const at = (name: string, ...index: readonly number[]): number => {
  const { shape, data } = tinyWeights().get(name) as { shape: readonly number[]; data: Float32Array };
  return data[index.reduce((flat, i, axis) => flat * (shape[axis] ?? 1) + i, 0)] as number;
};

function checkpointIn(layout: FilterLayout): Checkpoint {
  const conv = (name: string, sizes: Record<string, number>) =>
    laidOut(layout, sizes, ({ h = 0, w = 0, i = 0, o = 0 }) => at(name, h, w, i, o));
  // c · multiplier + m runs along one axis, multiplier 2.
  const depthwise = { hwio: 'hwio', oihw: 'o1hw', ohwi: '1hwo' }[layout];
  const sizes: Record<string, number> = { h: 3, w: 2 };
  return checkpointOf([
    ['conv/weights', conv('conv/weights', { h: 3, w: 2, i: 3, o: 4 })],
    [
      'depthwise/depthwise_weights',
      layout === 'hwio'
        ? laidOut(depthwise, { ...sizes, i: 4, o: 2 }, ({ h = 0, w = 0, i = 0, o = 0 }) =>
            at('depthwise/depthwise_weights', h, w, i, o),
          )
        : laidOut(depthwise, { ...sizes, o: 8 }, ({ h = 0, w = 0, o = 0 }) =>
            at('depthwise/depthwise_weights', h, w, o >> 1, o & 1),
          ),
    ],
    ['logits/weights', conv('logits/weights', { h: 1, w: 1, i: 8, o: 2 })],
    ...(['conv/biases', 'logits/biases'] as const).map(
      (name) =>
        [name, { dtype: 'float32', ...(tinyWeights().get(name) as { shape: number[]; data: Float32Array }) }] as const,
    ),
  ]);
}

describe('importWeights', () => {
  it.each(['hwio', 'oihw', 'ohwi'] as const)('brings %s filters to [kh, kw, in, out]', (layout) => {
    const { weights, report } = importWeights(tinyGraph(), checkpointIn(layout), map(layout));
    expect(weights).toEqual(tinyWeights());
    expect(report.matched).toHaveLength(5);
    expect(report.reshaped).toEqual([]);
    expect(report.unexpected).toEqual([]);
  });

  it('takes a shape that differs by extents of 1 and says so', () => {
    const { tensors } = checkpointIn('oihw');
    const logits = tensors.get('logits/weights') as StoredTensor;
    const checkpoint = checkpointOf([...tensors, ['logits/weights', { ...logits, shape: [2, 8] }]]);
    const { weights, report } = importWeights(tinyGraph(), checkpoint, map('oihw'));
    expect(weights).toEqual(tinyWeights());
    expect(report.reshaped).toEqual([
      { param: 'logits/weights', source: 'logits/weights', from: [2, 8], to: [2, 8, 1, 1] },
    ]);
  });

  it('reads doubles and refuses integers', () => {
    const { tensors } = checkpointIn('hwio');
    const with_ = (tensor: StoredTensor) => checkpointOf([...tensors, ['conv/biases', tensor]]);
    const double = with_({ dtype: 'float64', shape: [4], data: Float64Array.of(0.1, 0.2, 0.3, 0.4) });
    expect(importWeights(tinyGraph(), double, map('hwio')).weights.get('conv/biases')?.data).toEqual(
      Float32Array.of(0.1, 0.2, 0.3, 0.4),
    );
    const integers = with_({ dtype: 'int8', shape: [4], data: Int8Array.of(1, 2, 3, 4) });
    expect(() => importWeights(tinyGraph(), integers, map('hwio'))).toThrow(UnsupportedError);
  });

  it('names a tensor of the wrong shape, and what was expected', () => {
    const checkpoint = checkpointOf([
      ...checkpointIn('oihw').tensors,
      ['conv/biases', { dtype: 'float32', shape: [5], data: new Float32Array(5) }],
    ]);
    expect(() => importWeights(tinyGraph(), checkpoint, map('oihw'))).toThrow(
      '"conv/biases" is [5], "conv/biases" needs [4]',
    );
  });

  it('does not read one layout as another', () => {
    expect(() => importWeights(tinyGraph(), checkpointIn('ohwi'), map('oihw'))).toThrow(WeightsError);
  });

  it('refuses values that are not finite', () => {
    const checkpoint = checkpointOf([
      ...checkpointIn('hwio').tensors,
      ['conv/biases', { dtype: 'float32', shape: [4], data: Float32Array.of(1, NaN, 1, 1) }],
    ]);
    expect(() => importWeights(tinyGraph(), checkpoint, map('hwio'))).toThrow('"conv/biases" holds NaN at index 1');
  });

  it('refuses a checkpoint that lacks parameters, unless a part is enough', () => {
    const checkpoint = checkpointOf([...checkpointIn('hwio').tensors].filter(([name]) => name !== 'conv/biases'));
    expect(() => importWeights(tinyGraph(), checkpoint, map('hwio'))).toThrow(
      '1 of 5 parameters are not in the checkpoint',
    );
    const { weights, report } = importWeights(tinyGraph(), checkpoint, map('hwio'), { partial: true });
    expect(weights.has('conv/biases')).toBe(false);
    expect(report.missing).toEqual([{ param: 'conv/biases', shape: [4], tried: ['other/conv/biases', 'conv/biases'] }]);
  });

  it('prints what happened', () => {
    const extra = { dtype: 'float32', shape: [1], data: new Float32Array(1) } as const;
    const { tensors } = checkpointIn('hwio');
    const checkpoint = checkpointOf([
      ...[...tensors].filter(([name]) => name !== 'conv/biases'),
      ['a', extra],
      ['b', extra],
      ['conv/weights/Momentum', extra],
      ['logits/biases', { dtype: 'float32', shape: [1, 2], data: Float32Array.of(1, 2) }],
    ]);
    const { report } = importWeights(tinyGraph(), checkpoint, map('hwio'), { partial: true });
    expect(formatImportReport(report, { limit: 1 }).split('\n')).toEqual([
      'matched    4',
      'reshaped   1',
      '  logits/biases  [1, 2] read as [2]',
      'missing    1',
      '  conv/biases  [4] looked for other/conv/biases, conv/biases',
      'unexpected 2',
      '  a',
      '  and 1 more',
    ]);
  });
});

describe('detectNameMap', () => {
  const maps = [map('hwio', 'x/'), map('oihw'), map('ohwi'), map('hwio')];

  it.each(['hwio', 'oihw', 'ohwi'] as const)('finds the map of a checkpoint in %s layout', (layout) => {
    expect(detectNameMap(tinyGraph(), checkpointIn(layout), maps).layout).toBe(layout);
  });

  it('says which names it found when no map fits', () => {
    const stranger = checkpointOf([['stranger', { dtype: 'float32', shape: [1], data: new Float32Array(1) }]]);
    expect(() => detectNameMap(tinyGraph(), stranger, maps)).toThrow('"stranger"');
  });
});
