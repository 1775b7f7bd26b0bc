import { BackendError } from '@atrous/core';
import type { Owner } from './owner.ts';

/** Bytes in a memory. */
export type Address = number;

const PAGE = 65536;
/** Addresses are 32 bits. */
const MOST_PAGES = 65536;
/** Of a cache line. */
const ALIGNMENT = 64;

/** Memory that is taken from one end, and given back from there. It never shrinks. */
export interface Arena {
  readonly memory: WebAssembly.Memory;
  /** @throws BackendError `OUT_OF_MEMORY`. */
  allocate(bytes: number): Address;
  /** Where the next block begins. */
  mark(): Address;
  /** Gives back everything from a mark on. */
  release(mark: Address): void;
  /** Copies what lies from `from` to `to`, which may overlap where it goes. */
  move(from: Address, to: Address, at: Address): void;
  /** A view that holds until the next allocation. */
  floats(at: Address, length: number): Float32Array<ArrayBuffer>;
  ints(at: Address, length: number): Int32Array<ArrayBuffer>;
  longs(at: Address, length: number): BigUint64Array<ArrayBuffer>;
  doubles(at: Address, length: number): Float64Array<ArrayBuffer>;
}

const align = (at: Address): Address => Math.ceil(at / ALIGNMENT) * ALIGNMENT;

/**
 * An empty arena.
 *
 * @param isShared whether threads share it.
 * @param owner whose memory it is, with a hint for when there is too little.
 * @throws BackendError `OUT_OF_MEMORY`.
 */
export function createArena(isShared: boolean, { name, hint }: Owner): Arena {
  const attempt = <T>(bytes: number, take: () => T): T => {
    try {
      return take();
    } catch (cause) {
      throw new BackendError(`${name} ran out of memory: no ${bytes} bytes more`, {
        ...{ code: 'OUT_OF_MEMORY', hint, cause },
      });
    }
  };
  const memory = attempt(PAGE, () => new WebAssembly.Memory({ initial: 1, maximum: MOST_PAGES, shared: isShared }));
  // 0 is no address
  let top = ALIGNMENT;
  return {
    memory,
    allocate(bytes) {
      const at = top;
      const end = align(at + bytes);
      // vectors are read past the end of arrays
      const pages = Math.ceil((end + ALIGNMENT) / PAGE);
      const missing = pages - memory.buffer.byteLength / PAGE;
      if (missing > 0) attempt(bytes, () => memory.grow(missing));
      top = end;
      return at;
    },
    mark: () => top,
    release(mark) {
      top = align(mark);
    },
    move(from, to, at) {
      if (at !== from) new Uint8Array(memory.buffer).copyWithin(at, from, to);
    },
    floats: (at, length) => new Float32Array(memory.buffer, at, length),
    ints: (at, length) => new Int32Array(memory.buffer, at, length),
    longs: (at, length) => new BigUint64Array(memory.buffer, at, length),
    doubles: (at, length) => new Float64Array(memory.buffer, at, length),
  };
}
