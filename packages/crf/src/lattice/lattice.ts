import { BackendError } from '@atrous/core';
import type { CrfEngine } from '../engine.ts';
import { compileKernels, hasSimd } from './compile.ts';
import { createField } from './field.ts';

const HINT = 'use a browser of 2023 or later, or Node 20, or the exact engine for small maps';

/**
 * The permutohedral lattice on WebAssembly: the filter of the reference implementation, in time that grows with the number of pixels.
 *
 * Runs wherever WebAssembly has SIMD. `tolerance` is 1e-3 unless a problem says otherwise.
 *
 * @see Adams, Baek and Davis 2010, "Fast High-Dimensional Filtering Using the Permutohedral Lattice"
 */
export function lattice(): CrfEngine {
  let compiled: Promise<WebAssembly.Module> | undefined;
  return {
    name: 'lattice',
    available: async () =>
      hasSimd()
        ? { available: true, detail: 'WebAssembly with SIMD' }
        : { available: false, reason: 'WebAssembly has no SIMD here', hint: HINT },
    async prepare(field, options = {}) {
      if (!hasSimd()) throw new BackendError('the lattice needs WebAssembly with SIMD', { hint: HINT });
      compiled ??= compileKernels();
      return createField(await compiled, field, options);
    },
  };
}
