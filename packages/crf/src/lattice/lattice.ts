import { BackendError } from '@atrous/core';
import { kernelModule, resolveThreads } from '@atrous/platform/threads';
import binary from '../../assembly/index.ts?assemblyscript';
import sharedBinary from '../../assembly/index.ts?assemblyscript-shared';
import type { CrfEngine } from '../engine.ts';
import { createField } from './field.ts';
import { instantiate, type Kernels } from './kernels.ts';

const HINT = 'use a browser of 2023 or later, or Node 20, or the exact engine for small maps';

/** Options of {@link lattice}. */
export interface LatticeOptions {
  /**
   * Threads that share the work of an inference, 1 … 16. More than one are workers beside the thread that asks, which start with the first
   * field and stay until the engine is disposed. Where threads cannot share memory, as in pages that are not isolated from other origins, there is one.
   * Default 1.
   */
  readonly threads?: number | undefined;
}

/** A lattice, with the workers that it may have. */
export interface LatticeEngine extends CrfEngine {
  /**
   * Ends its workers and frees the memory that it keeps for the next field: idle ones at once, those of a field with the field. The engine can
   * go on, with new ones for each field.
   */
  dispose(): void;
  [Symbol.dispose](): void;
}

const build = kernelModule(binary, sharedBinary);

/** Bytes of a memory that may stay although nobody needs it now. */
const MOST_SPARE = 2 ** 28;

/**
 * Hands out memories. The one that came back last is used again, as the system has to clear a new one: an eighth to a quarter of the time of a
 * photo. A very large one stays only until it is collected.
 */
function createPool(threads: number) {
  let compiled: Promise<WebAssembly.Module> | undefined;
  let spare: { deref(): Kernels | undefined } | undefined;
  let isDisposed = false;
  const takeSpare = (): Kernels | undefined => {
    const kernels = spare?.deref();
    spare = undefined;
    return kernels?.crew.hasEnded() ? undefined : kernels;
  };
  return {
    async take(): Promise<Kernels> {
      const kernels = takeSpare();
      kernels?.arena.release(kernels.base);
      return kernels ?? instantiate(await (compiled ??= build.compile(threads > 1)), threads);
    },
    giveBack(kernels: Kernels): void {
      // of two fields at once the memory of one stays
      if (threads > 1) takeSpare()?.crew.dispose();
      if (isDisposed) kernels.crew.dispose();
      // workers would outlive a memory that was collected
      const stays = threads > 1 || kernels.arena.memory.buffer.byteLength <= MOST_SPARE;
      spare = stays ? { deref: () => kernels } : new WeakRef(kernels);
    },
    dispose: (): void => {
      isDisposed = true;
      takeSpare()?.crew.dispose();
    },
  };
}

/**
 * The permutohedral lattice on WebAssembly: the filter of the reference implementation, in time that grows with the number of pixels.
 *
 * Runs wherever WebAssembly has SIMD. Unless a problem says otherwise, its `tolerance` is the largest that moves no marginal by more than 1e-4, a
 * few thousandths: time grows with the number of labels that are left.
 *
 * @throws ShapeError when `threads` is out of range.
 * @see Adams, Baek and Davis 2010, "Fast High-Dimensional Filtering Using the Permutohedral Lattice"
 */
export function lattice({ threads: wanted = 1 }: LatticeOptions = {}): LatticeEngine {
  const threads = resolveThreads(wanted, 'the lattice');
  const pool = createPool(threads);
  return {
    name: 'lattice',
    available: async () =>
      build.isSupported()
        ? { available: true, detail: `WebAssembly with SIMD${threads > 1 ? `, ${threads} threads` : ''}` }
        : { available: false, reason: 'WebAssembly has no SIMD here', hint: HINT },
    async prepare(field, options = {}) {
      if (!build.isSupported()) throw new BackendError('the lattice needs WebAssembly with SIMD', { hint: HINT });
      const kernels = await pool.take();
      const giveBack = (): void => pool.giveBack(kernels);
      return createField(kernels, field, options, giveBack).catch((error: unknown) => {
        giveBack();
        throw error;
      });
    },
    dispose: pool.dispose,
    [Symbol.dispose]: pool.dispose,
  };
}
