import { resizeMask, subsampleMask, type LabelMask } from '@atrous/data';
import { describe, expect, it } from 'vitest';

/** One row of the ids 0, 1, 2, …, which say where a pixel came from. */
const line = (width: number): LabelMask => ({
  width,
  height: 1,
  data: Uint8Array.from({ length: width }, (_, i) => i),
});

describe('resizeMask', () => {
  it('follows the three rules', () => {
    expect([...resizeMask(line(5), [1, 3], 'floor').data]).toEqual([0, 1, 3]);
    expect([...resizeMask(line(5), [1, 3], 'halfPixel').data]).toEqual([0, 2, 4]);
    expect([...resizeMask(line(5), [1, 3], 'alignCorners').data]).toEqual([0, 2, 4]);
    expect([...resizeMask(line(4), [1, 3], 'alignCorners').data]).toEqual([0, 2, 3]);
    expect([...resizeMask(line(4), [1, 1], 'alignCorners').data]).toEqual([0]);
  });

  it('repeats pixels, rows too', () => {
    const mask: LabelMask = { width: 2, height: 2, data: Uint16Array.of(300, 1, 2, 3), palette: [[1, 2, 3]] };
    const larger = resizeMask(mask, [4, 2], 'floor');
    expect(larger).toEqual({
      width: 2,
      height: 4,
      data: Uint16Array.of(300, 1, 300, 1, 2, 3, 2, 3),
      palette: [[1, 2, 3]],
    });
  });

  it.each([
    [0, 3],
    [2.5, 3],
  ] as const)('refuses the size %s × %s', (height, width) => {
    expect(() => resizeMask(line(4), [height, width], 'floor')).toThrowError(/cannot have the size/);
  });
});

describe('subsampleMask', () => {
  it('takes every so many rows and columns from the first', () => {
    expect([...subsampleMask(line(17), 8).data]).toEqual([0, 8, 16]);
    expect([...subsampleMask(line(16), 8).data]).toEqual([0, 8]);
    expect(subsampleMask(line(4), 1)).toEqual(line(4));
  });

  it('refuses a stride that is no whole positive number', () => {
    expect(() => subsampleMask(line(4), 0)).toThrowError(/stride 0/);
  });
});
