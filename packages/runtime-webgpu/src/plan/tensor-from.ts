import { sizeOf, type Tensor } from '@atrous/core';
import type { Value } from './value.ts';

/** What was read back of a value: a map's numbers, or class ids in words. */
export function tensorFrom(value: Value, bytes: ArrayBuffer): Tensor {
  const { shape } = value;
  const count = sizeOf(shape);
  if (value.type === 'map') return { shape, data: new Float32Array(bytes, 0, count) };
  const ids = value.idsPerWord === 4 ? new Uint8Array(bytes, 0, count) : new Uint32Array(bytes, 0, count);
  return { shape, data: new Int32Array(ids) };
}
