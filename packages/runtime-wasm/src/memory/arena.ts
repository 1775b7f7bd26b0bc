import { BackendError } from '@atrous/core';
import type { Address } from '../assembly.ts';

const PAGE = 65536;
/** Addresses are 32 bits. */
const MOST_PAGES = 65536;
/** Of a cache line. */
const ALIGNMENT = 64;

/** `bytes` in whole cache lines. */
export const aligned = (bytes: number): number => Math.ceil(bytes / ALIGNMENT) * ALIGNMENT;

/** Memory that is taken from one end, and given back from there. It never shrinks. */
export interface Arena {
  readonly memory: WebAssembly.Memory;
  /** @throws BackendError `OUT_OF_MEMORY`. */
  allocate(bytes: number): Address;
  /** Where the next block begins. */
  mark(): Address;
  /** Gives back everything from a mark on. */
  release(mark: Address): void;
  /** A view that holds until the next allocation. */
  floats(at: Address, length: number): Float32Array<ArrayBuffer>;
  ints(at: Address, length: number): Int32Array<ArrayBuffer>;
}

function outOfMemory(bytes: number, cause?: unknown): BackendError {
  return new BackendError(`the network ran out of memory: no ${bytes} bytes more`, {
    code: 'OUT_OF_MEMORY',
    hint: 'use a smaller image or batch, or dispose executables that are no longer needed',
    cause,
  });
}

function grow(memory: WebAssembly.Memory, pages: number, bytes: number): void {
  if (pages > MOST_PAGES) throw outOfMemory(bytes);
  try {
    memory.grow(pages - memory.buffer.byteLength / PAGE);
  } catch (cause) {
    throw outOfMemory(bytes, cause);
  }
}

function createMemory(isShared: boolean): WebAssembly.Memory {
  try {
    return new WebAssembly.Memory({ initial: 1, maximum: MOST_PAGES, shared: isShared });
  } catch (cause) {
    throw outOfMemory(PAGE, cause);
  }
}

/** An empty arena. @param isShared whether threads share it. */
export function createArena(isShared: boolean): Arena {
  const memory = createMemory(isShared);
  // 0 is no address
  let top = ALIGNMENT;
  return {
    memory,
    allocate(bytes) {
      const at = top;
      const end = aligned(at + bytes);
      // vectors are read past the end of arrays
      const pages = Math.ceil((end + ALIGNMENT) / PAGE);
      if (pages * PAGE > memory.buffer.byteLength) grow(memory, pages, bytes);
      top = end;
      return at;
    },
    mark: () => top,
    release(mark) {
      top = mark;
    },
    floats: (at, length) => new Float32Array(memory.buffer, at, length),
    ints: (at, length) => new Int32Array(memory.buffer, at, length),
  };
}
