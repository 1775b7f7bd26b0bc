import type { Tensor } from '@atrous/core';

const ARRAYS = { F32: Float32Array, I32: Int32Array } as const;

interface Entry {
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly data_offsets: readonly [start: number, end: number];
}

/**
 * Reads the content of a safetensors file of golden folders: float32 and int32 only.
 *
 * It shares nothing with `@atrous/weights`, so that a mistake there cannot hide in the expected numbers.
 *
 * @throws Error for any other dtype.
 */
export function parseGoldenTensors(bytes: Uint8Array): ReadonlyMap<string, Tensor> {
  const headerLength = Number(new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true));
  const dataStart = 8 + headerLength;
  const header = JSON.parse(new TextDecoder().decode(bytes.subarray(8, dataStart))) as Record<string, Entry>;
  const tensors = new Map<string, Tensor>();
  for (const [name, { dtype, shape, data_offsets: offsets }] of Object.entries(header)) {
    if (name === '__metadata__') continue;
    const ArrayType = ARRAYS[dtype as keyof typeof ARRAYS];
    if (ArrayType === undefined) throw new Error(`"${name}" is ${dtype}; golden tensors are F32 or I32`);
    const [start, end] = offsets;
    tensors.set(name, { shape, data: new ArrayType(bytes.slice(dataStart + start, dataStart + end).buffer) });
  }
  return tensors;
}
