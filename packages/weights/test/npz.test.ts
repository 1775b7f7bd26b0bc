import { UnsupportedError, WeightsError } from '@atrous/core';
import { readNpz } from '@atrous/weights';
import { zipSync, type Zippable } from 'fflate';
import { describe, expect, it } from 'vitest';

const array = (...values: readonly number[]): Uint8Array => {
  const header = `{'descr': '|u1', 'fortran_order': False, 'shape': (${values.length},)}`;
  return Uint8Array.of(
    0x93,
    0x4e,
    0x55,
    0x4d,
    0x50,
    0x59,
    1,
    0,
    header.length,
    0,
    ...new TextEncoder().encode(header),
    ...values,
  );
};

const zip = (files: Zippable, level: 0 | 9 = 9): Uint8Array => zipSync(files, { level });

/** Where the directory has its first entry. */
const directoryAt = (file: Uint8Array): number => new DataView(file.buffer).getUint32(file.length - 6, true);

const edited = (file: Uint8Array, edit: (view: DataView, directory: number) => void): Uint8Array => {
  const copy = file.slice();
  edit(new DataView(copy.buffer), directoryAt(copy));
  return copy;
};

describe('readNpz', () => {
  it.each([0, 9] as const)('reads archives packed at level %i', (level) => {
    const { tensors } = readNpz(zip({ 'scope/a.npy': array(1, 2), '__proto__.npy': array(3) }, level));
    expect([...tensors.keys()]).toEqual(['scope/a', '__proto__']);
    expect(tensors.get('scope/a')).toEqual({ dtype: 'uint8', shape: [2], data: Uint8Array.of(1, 2) });
    expect(({} as { dtype?: unknown }).dtype).toBeUndefined();
  });

  it('sends PyTorch checkpoints elsewhere', () => {
    const file = zip({ 'model/data.pkl': Uint8Array.of(0x80, 2), 'model/data/0': Uint8Array.of(1) });
    expect(() => readNpz(file)).toThrow(UnsupportedError);
    expect(() => readNpz(file)).toThrow('PyTorch checkpoint, which is not readable yet');
  });

  it('refuses archives of other things, and empty ones', () => {
    expect(() => readNpz(zip({ 'readme.txt': Uint8Array.of(1) }))).toThrow('it holds "readme.txt"');
    expect(() => readNpz(zip({}))).toThrow('it holds nothing');
  });

  it('refuses a name that stands twice', () => {
    const file = zip({ 'a.npy': array(1), 'b.npy': array(2) });
    const twice = edited(file, (view, directory) => {
      const second = directory + 46 + 5;
      view.setUint8(second + 46, 'a'.charCodeAt(0));
    });
    expect(() => readNpz(twice)).toThrow('names a file twice');
  });

  it('refuses a bomb before it unpacks anything', () => {
    const bomb = zip({ 'a.npy': new Uint8Array(100_000_000) });
    expect(bomb.length).toBeLessThan(200_000);
    const before = process.memoryUsage().arrayBuffers;
    expect(() => readNpz(bomb)).toThrow('would unpack to 100000000');
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(10_000_000);
  });

  it('refuses content that is longer or shorter than the directory says', () => {
    const bomb = zip({ 'a.npy': new Uint8Array(100_000_000) });
    const before = process.memoryUsage().arrayBuffers;
    for (const size of [1000, 99])
      expect(() => readNpz(edited(bomb, (view, directory) => view.setUint32(directory + 24, size, true)))).toThrow(
        `does not have the ${size} bytes`,
      );
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(10_000_000);
    const small = zip({ 'a.npy': array(1) });
    expect(() => readNpz(edited(small, (view, directory) => view.setUint32(directory + 24, 1_000_000, true)))).toThrow(
      WeightsError,
    );
  });

  it('refuses damaged content by its checksum', () => {
    const file = zip({ 'a.npy': array(1, 2, 3) }, 0);
    const damaged = edited(file, (view, directory) => view.setUint8(directory - 1, 9));
    expect(() => readNpz(damaged)).toThrow('another checksum');
  });

  it('refuses encryption, other methods and sizes past 4 GiB', () => {
    const file = zip({ 'a.npy': array(1) });
    for (const [offset, value] of [
      [8, 1],
      [10, 93],
    ] as const)
      expect(() => readNpz(edited(file, (view, directory) => view.setUint16(directory + offset, value, true)))).toThrow(
        WeightsError,
      );
    expect(() => readNpz(edited(file, (view, directory) => view.setUint32(directory + 24, 0xffffffff, true)))).toThrow(
      '4 GiB or more',
    );
  });

  it('says which array is broken', () => {
    expect(() => readNpz(zip({ 'good.npy': array(1), 'bad.npy': Uint8Array.of(1, 2, 3) }))).toThrow(
      '"bad": the .npy array is broken',
    );
  });
});
