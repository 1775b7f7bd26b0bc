import { WeightsError } from '@atrous/core';
import { readCheckpoint, readNpy, readNpz, readSafetensors, readTflite, type Checkpoint } from '@atrous/weights';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { described, formatCases, normalized, type FormatCase } from './support/golden-formats.ts';

const cases = formatCases('safetensors', 'safetensors_bad', 'npz', 'npz_bad', 'tflite', 'tflite_bad');
const that = (wanted: FormatCase['expect'], ...folders: readonly string[]): readonly FormatCase[] =>
  cases.filter(
    ({ path, expect }) => expect === wanted && (folders.length === 0 || folders.includes(path.split('/')[0] ?? '')),
  );

/** The reader that a file's extension names, as a program that expects this format would call it. */
function readAs({ path, file }: FormatCase): Checkpoint {
  const bytes = readFileSync(file);
  if (path.endsWith('.npy')) return { format: 'npy', tensors: new Map([['array', readNpy(bytes)]]), metadata: {} };
  if (path.endsWith('.npz')) return readNpz(bytes);
  return path.endsWith('.tflite') ? readTflite(bytes) : readSafetensors(bytes);
}

describe.skipIf(cases.length === 0)('golden formats', () => {
  it.each(that('load', 'safetensors', 'npz'))('reads $path exactly', (golden) => {
    const { tensors, metadata } = readAs(golden);
    const expected = golden.array ? { array: golden.array } : (golden.tensors ?? {});
    expect([...tensors.keys()].toSorted()).toEqual(Object.keys(expected).toSorted());
    for (const [name, tensor] of tensors) expect(described(tensor)).toEqual(normalized(expected[name] as never));
    expect(metadata).toEqual(golden.metadata ?? {});
  });

  it.each(that('load', 'tflite'))('reads $path exactly', (golden) => {
    const { tensors } = readAs(golden);
    const half = golden.path.includes('float16');
    // A half that stands for a number is at most half a step away from it, and nothing else is.
    const exact = (stored: number, wanted: number): boolean =>
      half ? Math.abs(stored - wanted) <= 2 ** (Math.floor(Math.log2(Math.abs(wanted))) - 11) : stored === wanted;
    const [filters, bias] = [tensors.get('Conv2D'), tensors.get('Relu6;add;Conv2D;add/y')];
    expect([filters?.dtype, bias?.dtype]).toEqual(half ? ['float16', 'float16'] : ['float32', 'float32']);
    expect(filters?.shape).toEqual([4, 3, 3, 3]);
    const { weights_hwio: hwio, bias: wantedBias } = golden.tensors as Readonly<
      Record<string, { values: readonly number[] }>
    >;
    wantedBias?.values.forEach((wanted, i) => expect(exact(Number(bias?.data[i]), wanted)).toBe(true));
    expect(hwio?.values).toHaveLength(108);
    hwio?.values.forEach((wanted, i) => {
      const [position, out] = [Math.floor(i / 4), i % 4];
      expect(exact(Number(filters?.data[out * 27 + position]), wanted)).toBe(true);
    });
    expect(tensors.get('ResizeBilinear/size')).toEqual({ dtype: 'int32', shape: [2], data: Int32Array.of(17, 23) });
  });

  it.each(that('reject'))('refuses $path ($why), quickly and without taking memory', (golden) => {
    const before = process.memoryUsage();
    const start = performance.now();
    expect(() => readAs(golden)).toThrow(WeightsError);
    expect(performance.now() - start).toBeLessThan(500);
    const after = process.memoryUsage();
    expect(after.arrayBuffers - before.arrayBuffers).toBeLessThan(16 * 1024 * 1024);
  });

  it.each(that('reject'))('refuses $path when the format is told by content', ({ file }) => {
    expect(() => readCheckpoint(readFileSync(file), 'file')).toThrow(WeightsError);
  });

  it.each(that('load'))('tells the format of $path by its content', (golden) => {
    const read = readCheckpoint(readFileSync(golden.file), 'some/where/array.npy');
    expect(read.tensors).toEqual(readAs(golden).tensors);
  });

  it.each(that('no_pollution'))('leaves every object alone: $path', (golden) => {
    expect([...readAs(golden).tensors.keys()]).toEqual(['__proto__']);
    expect(({} as { dtype?: unknown }).dtype).toBeUndefined();
  });
});
