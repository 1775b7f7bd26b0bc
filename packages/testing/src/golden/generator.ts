import type { Tensor } from '@atrous/core';
import { crc32 } from 'node:zlib';

/** A tensor that is described instead of stored: every value follows from its name and its index. */
export interface GeneratedTensor {
  readonly name: string;
  readonly shape: readonly number[];
  readonly offset: number;
  readonly scale: number;
  /** CRC-32 (zlib) of the little-endian float32 bytes. */
  readonly crc32?: number | undefined;
}

/** FNV-1a, 32 bit, over the UTF-8 bytes of a text. */
function fnv1a(text: string): number {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) hash = Math.imul(hash ^ byte, 0x01000193);
  return hash >>> 0;
}

/** The finaliser of murmur3, 32 bit: spreads neighbouring integers over the whole range. */
function fmix32(value: number): number {
  let x = value;
  x = Math.imul(x ^ (x >>> 16), 0x85ebca6b);
  x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35);
  return (x ^ (x >>> 16)) >>> 0;
}

/** The first `length` 32-bit integers that belong to a name. */
export function generatedIntegers(name: string, length: number): Uint32Array {
  const seed = fnv1a(name);
  const integers = new Uint32Array(length);
  for (let i = 0; i < length; i++) integers[i] = fmix32(seed + Math.imul(i, 0x9e3779b9));
  return integers;
}

/**
 * Computes a described tensor: `fround(offset + scale · u)` with `u` uniform in [−1, 1).
 *
 * @param seedPrefix goes in front of the name when the seed is made.
 * @throws Error when the description has a CRC-32 and the values do not: the generator or the description is wrong.
 */
export function generateTensor({ name, shape, offset, scale, crc32: sum }: GeneratedTensor, seedPrefix = ''): Tensor {
  const length = shape.reduce((size, extent) => size * extent, 1);
  const data = new Float32Array(length);
  const integers = generatedIntegers(seedPrefix + name, length);
  for (let i = 0; i < length; i++) data[i] = offset + scale * ((integers[i] as number) / 2 ** 31 - 1);
  if (sum !== undefined && crc32(new Uint8Array(data.buffer)) !== sum)
    throw new Error(`the generated tensor "${name}" has another CRC-32 than its description`);
  return { shape, data };
}
