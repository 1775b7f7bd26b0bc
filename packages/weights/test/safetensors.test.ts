import { WeightsError } from '@atrous/core';
import { readSafetensors, writeSafetensors, type StoredTensor } from '@atrous/weights';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { formatCases } from './support/golden-formats.ts';

const cases = formatCases('safetensors');

const withHeader = (header: string, data = 0): Uint8Array => {
  const text = new TextEncoder().encode(header);
  const file = new Uint8Array(8 + text.length + data);
  new DataView(file.buffer).setBigUint64(0, BigInt(text.length), true);
  file.set(text, 8);
  return file;
};

describe('readSafetensors', () => {
  it('refuses a name that stands twice, however it is escaped', () => {
    const entry = '{"dtype":"U8","shape":[1],"data_offsets":[0,1]}';
    expect(() => readSafetensors(withHeader(`{"a":${entry},"\\u0061":${entry}}`, 1))).toThrow('names a tensor twice');
  });

  it('does not take keys inside names or metadata for repeated tensors', () => {
    const file = withHeader(
      '{"a\\":{":{"dtype":"U8","shape":[0],"data_offsets":[0,0]},"__metadata__":{"a":"\\"b\\":"}}',
    );
    expect(readSafetensors(file).metadata).toEqual({ a: '"b":' });
  });

  it('refuses bytes after the last tensor and metadata that is not text', () => {
    expect(() => readSafetensors(withHeader('{}', 1))).toThrow('1 bytes follow the last tensor');
    expect(() => readSafetensors(withHeader('{"__metadata__":{"a":1}}'))).toThrow('metadata is not all text');
  });

  it('reads from the middle of a larger buffer', () => {
    const file = writeSafetensors(new Map([['x', { shape: [2], data: Float32Array.of(1, 2) }]]));
    const larger = new Uint8Array(file.length + 3);
    larger.set(file, 3);
    expect([...(readSafetensors(larger.subarray(3)).tensors.get('x')?.data ?? [])]).toEqual([1, 2]);
  });
});

describe('writeSafetensors', () => {
  it.each(cases.filter(({ expect }) => expect === 'load'))('writes what it read from $path', ({ file }) => {
    const { tensors, metadata } = readSafetensors(readFileSync(file));
    const again = readSafetensors(writeSafetensors(tensors, metadata));
    expect(new Map([...again.tensors].toSorted())).toEqual(new Map([...tensors].toSorted()));
    expect(again.metadata).toEqual(metadata);
  });

  it('aligns every tensor to its own width and gives the same bytes whatever the order', () => {
    const tensors: [string, StoredTensor][] = [
      ['byte', { dtype: 'uint8', shape: [3], data: Uint8Array.of(1, 2, 3) }],
      ['double', { dtype: 'float64', shape: [], data: Float64Array.of(0.1) }],
      ['half', { dtype: 'float16', shape: [1], data: Float32Array.of(0.5) }],
      ['float', { dtype: 'float32', shape: [1], data: Float32Array.of(0.25) }],
    ];
    const file = writeSafetensors(new Map(tensors));
    expect(writeSafetensors(new Map(tensors.toReversed()))).toEqual(file);
    const headerLength = Number(new DataView(file.buffer).getBigUint64(0, true));
    expect(headerLength % 8).toBe(0);
    const header = JSON.parse(new TextDecoder().decode(file.subarray(8, 8 + headerLength))) as Record<
      string,
      { data_offsets: [number, number] }
    >;
    expect(Object.values(header).map(({ data_offsets: [start] }) => start)).toEqual([0, 8, 12, 14]);
  });

  it('round-trips every half and every brain float', () => {
    for (const dtype of ['float16', 'bfloat16'] as const) {
      const bits = Uint16Array.from({ length: 65_536 }, (_, i) => i);
      const code = dtype === 'float16' ? 'F16' : 'BF16';
      const file = withHeader(`{"x":{"dtype":"${code}","shape":[65536],"data_offsets":[0,131072]}}`, 131_072);
      file.set(new Uint8Array(bits.buffer), file.length - 131_072);
      const { tensors } = readSafetensors(file);
      const again = readSafetensors(writeSafetensors(tensors)).tensors;
      expect(again).toEqual(tensors);
    }
  });

  it('rounds to the nearest half, ties to even', () => {
    const data = Float32Array.of(
      1 + 2 ** -11,
      1 + 3 * 2 ** -11,
      65519,
      65520,
      2 ** -25,
      3 * 2 ** -25,
      2047.5 / 1024 + 1e-6,
    );
    const file = writeSafetensors(new Map([['x', { dtype: 'float16' as const, shape: [7], data }]]));
    expect([...(readSafetensors(file).tensors.get('x')?.data ?? [])]).toEqual([
      1,
      1 + 2 ** -9,
      65504,
      Infinity,
      0,
      2 ** -23,
      2,
    ]);
  });

  it('refuses data that does not fill its shape', () => {
    expect(() => writeSafetensors(new Map([['x', { shape: [2], data: Float32Array.of(1) }]]))).toThrow(WeightsError);
  });
});
