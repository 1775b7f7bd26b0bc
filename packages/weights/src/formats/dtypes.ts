import type { StoredData, StoredDtype } from '../stored-tensor.ts';
import { bfloatsToFloats, floatsToBfloats, floatsToHalves, halvesToFloats } from './half.ts';

const BYTES: Readonly<Record<StoredDtype, number>> = {
  float16: 2,
  bfloat16: 2,
  float32: 4,
  float64: 8,
  int8: 1,
  int16: 2,
  int32: 4,
  int64: 8,
  uint8: 1,
  uint16: 2,
  uint32: 4,
  uint64: 8,
  bool: 1,
};

/** Bytes that one number of a dtype takes in a file. */
export const bytesPerNumber = (dtype: StoredDtype): number => BYTES[dtype];

function swapBytes(bytes: Uint8Array, width: number): void {
  for (let start = 0; start < bytes.length; start += width) bytes.subarray(start, start + width).reverse();
}

/**
 * Numbers of a file, copied out of it. JavaScript engines run on little-endian machines only.
 *
 * @param bytes a whole number of elements, little-endian unless `bigEndian`.
 */
export function decodeNumbers(bytes: Uint8Array, dtype: StoredDtype, bigEndian = false): StoredData {
  const copy = new Uint8Array(bytes);
  if (bigEndian) swapBytes(copy, BYTES[dtype]);
  const { buffer } = copy;
  switch (dtype) {
    case 'float16':
      return halvesToFloats(new Uint16Array(buffer));
    case 'bfloat16':
      return bfloatsToFloats(new Uint16Array(buffer));
    case 'float32':
      return new Float32Array(buffer);
    case 'float64':
      return new Float64Array(buffer);
    case 'int8':
      return new Int8Array(buffer);
    case 'int16':
      return new Int16Array(buffer);
    case 'int32':
      return new Int32Array(buffer);
    case 'int64':
      return new BigInt64Array(buffer);
    case 'uint8':
      return copy;
    case 'uint16':
      return new Uint16Array(buffer);
    case 'uint32':
      return new Uint32Array(buffer);
    case 'uint64':
      return new BigUint64Array(buffer);
    case 'bool':
      return copy.map((value) => (value === 0 ? 0 : 1));
  }
}

/** The little-endian bytes of numbers; `float16` and `bfloat16` are rounded to nearest, ties to even. */
export function encodeNumbers(data: StoredData, dtype: StoredDtype): Uint8Array {
  const stored =
    dtype === 'float16'
      ? floatsToHalves(data as Float32Array)
      : dtype === 'bfloat16'
        ? floatsToBfloats(data as Float32Array)
        : data;
  return new Uint8Array(stored.buffer, stored.byteOffset, stored.byteLength);
}
