import { BackendError } from '@atrous/core';
import type { CrfEngine } from '../engine.ts';
import { createArena } from './arena.ts';
import { compileKernels, hasSimd } from './compile.ts';
import { createField } from './field.ts';
import { instantiate, type Kernels } from './kernels.ts';

const HINT = 'use a browser of 2023 or later, or Node 20, or the exact engine for small maps';

/** Hands out memories. The one that came back last is used again, unless it was collected: the system has to clear new memory. */
function createPool() {
  let compiled: Promise<WebAssembly.Module> | undefined;
  let spare: WeakRef<Kernels> | undefined;
  return {
    async take(): Promise<Kernels> {
      const kernels = spare?.deref();
      spare = undefined;
      kernels?.arena.clear();
      return kernels ?? instantiate(await (compiled ??= compileKernels()), createArena());
    },
    giveBack(kernels: Kernels): void {
      spare = new WeakRef(kernels);
    },
  };
}

/**
 * The permutohedral lattice on WebAssembly: the filter of the reference implementation, in time that grows with the number of pixels.
 *
 * Runs wherever WebAssembly has SIMD. `tolerance` is 1e-3 unless a problem says otherwise.
 *
 * @see Adams, Baek and Davis 2010, "Fast High-Dimensional Filtering Using the Permutohedral Lattice"
 */
export function lattice(): CrfEngine {
  const pool = createPool();
  return {
    name: 'lattice',
    available: async () =>
      hasSimd()
        ? { available: true, detail: 'WebAssembly with SIMD' }
        : { available: false, reason: 'WebAssembly has no SIMD here', hint: HINT },
    async prepare(field, options = {}) {
      if (!hasSimd()) throw new BackendError('the lattice needs WebAssembly with SIMD', { hint: HINT });
      const kernels = await pool.take();
      return createField(kernels, field, options, () => pool.giveBack(kernels));
    },
  };
}
