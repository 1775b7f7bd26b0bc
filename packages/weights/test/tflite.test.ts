import { UnsupportedError, WeightsError } from '@atrous/core';
import { readTflite } from '@atrous/weights';
import { Builder } from 'flatbuffers';
import { describe, expect, it } from 'vitest';

interface Constant {
  readonly name: string;
  readonly type: number;
  readonly shape: readonly number[];
  readonly buffer: number;
  readonly scales?: readonly number[];
}

const offsets = (builder: Builder, of: readonly number[]): number => {
  builder.startVector(4, of.length, 4);
  for (const offset of of.toReversed()) builder.addOffset(offset);
  return builder.endVector();
};

const numbers = (builder: Builder, of: readonly number[], add: (value: number) => void): number => {
  builder.startVector(4, of.length, 4);
  of.toReversed().forEach(add);
  return builder.endVector();
};

function constant(builder: Builder, { name, type, shape, buffer, scales }: Constant): number {
  const text = builder.createString(name);
  const extents = numbers(builder, shape, (value) => builder.addInt32(value));
  let quantization = 0;
  if (scales) {
    const scale = numbers(builder, scales, (value) => builder.addFloat32(value));
    builder.startObject(7);
    builder.addFieldOffset(2, scale, 0);
    quantization = builder.endObject();
  }
  builder.startObject(8);
  builder.addFieldOffset(0, extents, 0);
  builder.addFieldInt8(1, type, 0);
  builder.addFieldInt32(2, buffer, 0);
  builder.addFieldOffset(3, text, 0);
  builder.addFieldOffset(4, quantization, 0);
  return builder.endObject();
}

/** A model of these constants; buffer 0 is the empty one. Equal arrays are written once. */
function model(constants: readonly Constant[], buffers: readonly Uint8Array[]): Uint8Array {
  const builder = new Builder();
  const vectors = new Map<Uint8Array, number>();
  const written = [new Uint8Array(0), ...buffers].map((bytes) => {
    const data = vectors.get(bytes) ?? builder.createByteVector(bytes);
    vectors.set(bytes, data);
    builder.startObject(3);
    if (bytes.length > 0) builder.addFieldOffset(0, data, 0);
    return builder.endObject();
  });
  const tensors = offsets(
    builder,
    constants.map((each) => constant(builder, each)),
  );
  builder.startObject(5);
  builder.addFieldOffset(0, tensors, 0);
  const graphs = offsets(builder, [builder.endObject()]);
  const list = offsets(builder, written);
  builder.startObject(8);
  builder.addFieldOffset(2, graphs, 0);
  builder.addFieldOffset(4, list, 0);
  builder.finish(builder.endObject(), 'TFL3');
  return builder.asUint8Array();
}

const four = Uint8Array.of(0, 0, 128, 63);
const float = { name: 'a', type: 0, shape: [1], buffer: 1 };

describe('readTflite', () => {
  it('reads constants, shared buffers too, and skips what is computed', () => {
    const file = model(
      [float, { ...float, name: 'b', shape: [1, 1] }, { ...float, name: 'computed', buffer: 0 }],
      [four],
    );
    const { tensors } = readTflite(file);
    expect(tensors).toEqual(
      new Map([
        ['a', { dtype: 'float32', shape: [1], data: Float32Array.of(1) }],
        ['b', { dtype: 'float32', shape: [1, 1], data: Float32Array.of(1) }],
      ]),
    );
    expect(tensors.get('a')?.data).toBe(tensors.get('b')?.data);
  });

  it('refuses quantised constants, and says so', () => {
    const file = model([{ ...float, name: 'w', type: 9, shape: [4], scales: [0.5] }], [four]);
    expect(() => readTflite(file)).toThrow(UnsupportedError);
    expect(() => readTflite(file)).toThrow('"w" is quantised to int8');
  });

  it('reads integers that are no quantised numbers', () => {
    const file = model([{ ...float, type: 2 }], [four]);
    expect(readTflite(file).tensors.get('a')?.data).toEqual(Int32Array.of(0x3f800000));
  });

  it.each([
    ['a buffer that does not exist', [{ ...float, buffer: 2 }], 'a buffer that does not exist'],
    ['a shape that the bytes do not fill', [{ ...float, shape: [2] }], 'is [2] of float32 and has 4 bytes'],
    ['a negative extent', [{ ...float, shape: [-1] }], 'is [-1] of float32'],
    ['a name twice', [float, float], 'names a constant twice'],
  ])('refuses %s', (_, constants, message) => {
    expect(() => readTflite(model(constants, [four]))).toThrow(WeightsError);
    expect(() => readTflite(model(constants, [four]))).toThrow(message);
  });

  it('refuses buffers that lie over each other to take more memory than the file has bytes', () => {
    const large = new Uint8Array(4000);
    const constants = [1, 2, 3].map((buffer) => ({ name: `${buffer}`, type: 0, shape: [1000], buffer }));
    expect(() => readTflite(model(constants, [large, large, large]))).toThrow('its constants overlap');
    expect(readTflite(model(constants.slice(0, 1), [large])).tensors.size).toBe(1);
  });

  it('refuses strings', () => {
    expect(() => readTflite(model([{ ...float, type: 5 }], [four]))).toThrow(UnsupportedError);
  });

  it('never does anything but refuse or read when bytes are damaged', () => {
    const file = model([float, { ...float, name: 'b', buffer: 2 }], [four, four]);
    let refused = 0;
    for (let at = 0; at < file.length; at++)
      for (const value of [0, 1, 0x7f, 0x80, 0xff]) {
        const damaged = file.slice();
        damaged[at] = value;
        try {
          readTflite(damaged);
        } catch (error) {
          refused += 1;
          expect(
            error instanceof WeightsError || error instanceof UnsupportedError,
            `byte ${at} as ${value}: ${String(error)}`,
          ).toBe(true);
        }
      }
    expect(refused).toBeGreaterThan(100);
  });
});
