import { BackendError, defineRuntime, type Runtime } from '@atrous/core';
import { countCores, resolveThreads } from '@atrous/platform/threads';
import { fastestBuild, plain } from './builds.ts';
import { compileNetwork } from './compile-network.ts';

/** Options of {@link simd}. */
export interface SimdOptions {
  /**
   * Threads of each executable, 1 … 16. Default: one for each core, at most 8. Where threads cannot share memory, as in pages that are
   * not isolated from other origins, there is one, and it is the one that asks.
   */
  readonly threads?: number | undefined;
}

const MOST_BY_DEFAULT = 8;

/**
 * Runs graphs on WebAssembly kernels of our own: SIMD, several threads, one planned memory for each executable. Needs no other package.
 *
 * @throws ShapeError `THREADS` when there are fewer than 1 or more than 16.
 */
export function simd({ threads: wanted = Math.min(countCores(), MOST_BY_DEFAULT) }: SimdOptions = {}): Runtime {
  const threads = resolveThreads(wanted, 'the runtime');
  return defineRuntime({
    name: 'simd',
    description: "Atrous' own engine on WebAssembly SIMD, in several threads",
    available: () =>
      Promise.resolve(
        plain.isSupported()
          ? { available: true, detail: `WebAssembly with SIMD, ${threads === 1 ? 'one thread' : `${threads} threads`}` }
          : {
              available: false,
              reason: 'WebAssembly with SIMD instructions is not available here',
              hint: 'use a newer browser, or the runtime "cpu"',
            },
      ),
    async compile(graph, weights, options = {}) {
      options.signal?.throwIfAborted();
      if (!plain.isSupported())
        throw new BackendError('WebAssembly with SIMD instructions is not available here', {
          code: 'NO_SIMD',
          hint: 'use a newer browser, or the runtime "cpu"',
        });
      const build = options.exact ? plain : await fastestBuild();
      return compileNetwork({ graph, weights }, { build, threads }, options);
    },
  });
}
