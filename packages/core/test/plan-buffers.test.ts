import { describe, expect, it } from 'vitest';
import { createGraphBuilder, planBuffers } from '../src/index.ts';

const shape = [1, 4, 4, 8] as const;

describe('planBuffers', () => {
  it('writes what only a concat reads into its slice', () => {
    const b = createGraphBuilder();
    const image = b.input({ shape });
    const [left, right] = ['left', 'right'].map((name) => b.conv2d(image, { name, filters: 4, kernel: 1 }));
    const inner = b.concat([right!, b.activation(right!, 'relu', { name: 'relu' })], { name: 'inner' });
    const graph = b.build({ out: b.concat([left!, inner], { name: 'outer' }) });
    const { placements, size } = planBuffers(graph);
    const [outer, image0] = [placements.get('outer')!, placements.get('image')!];
    expect(outer).toEqual({ offset: 0, pixelStride: 12 });
    expect(placements.get('left')).toEqual({ offset: 0, pixelStride: 12 });
    expect(placements.get('inner')).toEqual({ offset: 4, pixelStride: 12 });
    expect(placements.get('relu')).toEqual({ offset: 8, pixelStride: 12 });
    // Read by the activation, too.
    expect(placements.get('right')?.pixelStride).toBe(4);
    expect(image0.offset).toBe(16 * 12);
    // The image lives until the second convolution, which cannot be written over it.
    expect(size).toBe(16 * (12 + 8 + 4));
    const apart = planBuffers(graph, { canWriteSlices: ({ kind }) => kind !== 'concat' }).placements;
    expect(apart.get('inner')).toMatchObject({ pixelStride: 8 });
  });

  it('works in place where the input is read for the last time', () => {
    const b = createGraphBuilder();
    const x = b.conv2d(b.input({ shape }), { name: 'x', filters: 8, kernel: 1 });
    const first = b.activation(x, 'relu', { name: 'first' });
    const graph = b.build({ out: b.add([first, x], { name: 'sum' }) });
    const offset = (name: string) => planBuffers(graph).placements.get(name)?.offset;
    expect(offset('first')).not.toBe(offset('x'));
    expect(offset('sum')).toBe(offset('first'));
  });

  it('uses space again, and keeps outputs', () => {
    const chain = (early: boolean): number => {
      const b = createGraphBuilder();
      let x = b.input({ shape });
      const maps = [0, 1, 2, 3].map((i) => (x = b.conv2d(x, { name: `conv${i}`, filters: 8, kernel: 3 })));
      return planBuffers(b.build({ x, ...(early && { early: maps[0]! }) })).size;
    };
    expect(chain(false)).toBe(2 * 4 * 4 * 8);
    expect(chain(true)).toBe(3 * 4 * 4 * 8);
  });
});
