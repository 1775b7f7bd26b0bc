import { ShapeError } from '@atrous/core';

const MOST_THREADS = 16;

/** A module with nothing but a memory that threads share. */
const SHARED_MEMORY = Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0, 5, 4, 1, 3, 1, 1);

/** Whether threads can share a memory: browsers allow it where a page is isolated from other origins. */
function canShareMemory(): boolean {
  const { crossOriginIsolated } = globalThis as { crossOriginIsolated?: boolean };
  return (
    typeof SharedArrayBuffer !== 'undefined' && crossOriginIsolated !== false && WebAssembly.validate(SHARED_MEMORY)
  );
}

/**
 * Threads that can be had.
 *
 * @param wanted 1 … 16.
 * @param name whose threads, as errors say it: "the lattice".
 * @returns as many as are wanted, or 1 where threads cannot share memory.
 * @throws ShapeError `THREADS` when `wanted` is out of range.
 */
export function resolveThreads(wanted: number, name: string): number {
  if (Number.isInteger(wanted) && wanted >= 1 && wanted <= MOST_THREADS) return canShareMemory() ? wanted : 1;
  throw new ShapeError(`${wanted} threads for ${name}, expected 1 … ${MOST_THREADS}`, {
    code: 'THREADS',
    hint: 'use as many as there are idle cores',
  });
}
