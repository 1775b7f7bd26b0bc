import { WeightsError } from '@atrous/core';
import { readNpy, type StoredTensor } from '@atrous/weights';
import { describe, expect, it } from 'vitest';

interface Npy {
  readonly header: string;
  readonly data: Uint8Array;
  readonly version?: number;
}

/** An array as NumPy writes it. */
function npy({ header, data, version = 1 }: Npy): Uint8Array {
  const text = new TextEncoder().encode(header);
  const start = version === 1 ? 10 : 12;
  const file = new Uint8Array(start + text.length + data.length);
  file.set([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, version, 0]);
  const view = new DataView(file.buffer);
  if (version === 1) view.setUint16(8, text.length, true);
  else view.setUint32(8, text.length, true);
  file.set(text, start);
  file.set(data, start + text.length);
  return file;
}

const headerOf = (descr: string, shape: string, fortran = 'False'): string =>
  `{'descr': '${descr}', 'fortran_order': ${fortran}, 'shape': ${shape}, }   \n`;

const read = (header: string, data: Uint8Array): StoredTensor => readNpy(npy({ header, data }));

describe('readNpy', () => {
  it.each([
    ['f2', 'float16', 2, (v: DataView, at: number, le: boolean) => v.setUint16(at, 0xc500, le), -5],
    ['f4', 'float32', 4, (v: DataView, at: number, le: boolean) => v.setFloat32(at, -5, le), -5],
    ['f8', 'float64', 8, (v: DataView, at: number, le: boolean) => v.setFloat64(at, -5.1, le), -5.1],
    ['i2', 'int16', 2, (v: DataView, at: number, le: boolean) => v.setInt16(at, -300, le), -300],
    ['i4', 'int32', 4, (v: DataView, at: number, le: boolean) => v.setInt32(at, -70_000, le), -70_000],
    [
      'i8',
      'int64',
      8,
      (v: DataView, at: number, le: boolean) => v.setBigInt64(at, -(2n ** 60n) + 1n, le),
      -(2n ** 60n) + 1n,
    ],
    ['u2', 'uint16', 2, (v: DataView, at: number, le: boolean) => v.setUint16(at, 65_000, le), 65_000],
    ['u4', 'uint32', 4, (v: DataView, at: number, le: boolean) => v.setUint32(at, 4_000_000_000, le), 4_000_000_000],
    [
      'u8',
      'uint64',
      8,
      (v: DataView, at: number, le: boolean) => v.setBigUint64(at, 2n ** 63n + 1n, le),
      2n ** 63n + 1n,
    ],
  ] as const)('reads %s in both byte orders', (kind, dtype, width, set, value) => {
    for (const [order, littleEndian] of [
      ['<', true],
      ['>', false],
    ] as const) {
      const data = new Uint8Array(2 * width);
      set(new DataView(data.buffer), width, littleEndian);
      const tensor = read(headerOf(`${order}${kind}`, '(2,)'), data);
      expect(tensor.dtype).toBe(dtype);
      expect(tensor.data[1]).toBe(value);
      expect(Number(tensor.data[0])).toBe(0);
    }
  });

  it.each(['|i1', '|u1', '|b1'])('reads %s', (descr) => {
    const values = { '|i1': [-1, 0, 2], '|u1': [255, 0, 2], '|b1': [1, 0, 1] }[descr];
    expect([...(read(headerOf(descr, '(3,)'), Uint8Array.of(255, 0, 2)).data as Uint8Array)]).toEqual(values);
  });

  it('brings column-major arrays of any rank to row-major order', () => {
    const data = Uint8Array.from({ length: 24 }, (_, i) => i);
    const { data: values } = read(headerOf('|u1', '(2, 3, 4)', 'True'), data);
    for (let i = 0; i < 2; i++)
      for (let j = 0; j < 3; j++)
        for (let k = 0; k < 4; k++) expect(values[(i * 3 + j) * 4 + k]).toBe(i + 2 * (j + 3 * k));
    expect([...(read(headerOf('|u1', '(3,)', 'True'), Uint8Array.of(1, 2, 3)).data as Uint8Array)]).toEqual([1, 2, 3]);
  });

  it.each([1, 2, 3])('reads version %i', (version) => {
    expect(readNpy(npy({ header: headerOf('|u1', '()'), data: Uint8Array.of(7), version }))).toEqual({
      dtype: 'uint8',
      shape: [],
      data: Uint8Array.of(7),
    });
  });

  it('reads what Python 2 wrote, empty arrays and keys in any order', () => {
    expect(read(headerOf('|u1', '(2L, 1L)'), Uint8Array.of(1, 2)).shape).toEqual([2, 1]);
    expect(read(headerOf('<f4', '(0, 3)'), new Uint8Array(0)).data).toEqual(new Float32Array(0));
    expect(read("{'shape': (1,), 'fortran_order': False, 'descr': '|u1'}", Uint8Array.of(1)).shape).toEqual([1]);
  });

  it.each([
    ['a key twice', "{'descr': '|u1', 'descr': '|u1', 'fortran_order': False, 'shape': (1,)}", 'descr twice'],
    ['a missing key', "{'descr': '|u1', 'shape': (1,)}", 'lacks descr, fortran_order or shape'],
    ['an unknown key', "{'descr': '|u1', 'fortran_order': False, 'shape': (1,), 'x': 1}", 'not a dictionary'],
    ['an expression', "{'descr': '|u1', 'fortran_order': False, 'shape': (1+0,)}", 'not a dictionary'],
    ['more behind it', "{'descr': '|u1', 'fortran_order': False, 'shape': (1,)} or print(1)", 'not a dictionary'],
    ['objects', headerOf('|O', '(1,)'), 'Python objects'],
    ['dates', headerOf('<M8', '(1,)'), "dtype '<M8'"],
    ['fewer bytes', headerOf('|u1', '(2,)'), '1 bytes follow its header'],
    ['more bytes', headerOf('|u1', '(0,)'), '1 bytes follow its header'],
    ['a size past counting', headerOf('|u1', '(9007199254740991, 9007199254740991)'), 'has the shape'],
  ])('refuses %s', (_, header, message) => {
    expect(() => read(header, Uint8Array.of(1))).toThrow(WeightsError);
    expect(() => read(header, Uint8Array.of(1))).toThrow(message);
  });

  it('refuses a hostile header at once', () => {
    const start = performance.now();
    expect(() => read(`{'descr': '|u1', 'shape': (${'1'.repeat(9_900)}x`, Uint8Array.of(1))).toThrow(WeightsError);
    expect(() => read(`{'descr': '|u1', 'shape': (${'1 '.repeat(4_900)}`, Uint8Array.of(1))).toThrow(WeightsError);
    expect(() => read(`{${' '.repeat(9_900)}`, Uint8Array.of(1))).toThrow(WeightsError);
    expect(() => read(' '.repeat(20_000), Uint8Array.of(1))).toThrow('plain arrays have at most');
    expect(performance.now() - start).toBeLessThan(1000);
  });
});
