import {
  BackendError,
  checkWeights,
  defineRuntime,
  optimize,
  parametersOf,
  ShapeError,
  type CompileOptions,
  type Executable,
  type Fusion,
  type Network,
  type Runtime,
} from '@atrous/core';
import { compileKernels, hasSimd, hasThreads } from './compile-kernels.ts';
import { createExecutable } from './executable.ts';
import { createArena } from './memory/arena.ts';
import { packWeights } from './pack-weights.ts';
import { aloneIn } from './threads/crew.ts';
import { countCores } from './threads/count-cores.ts';
import { startCrew } from './threads/worker-crew.ts';

/** Options of {@link simd}. */
export interface SimdOptions {
  /**
   * Threads of each executable, 1 … 16. Default: one for each core, at most 8. Where threads cannot share memory, as in pages that are
   * not isolated from other origins, there is one, and it is the one that asks.
   */
  readonly threads?: number | undefined;
}

const MOST_THREADS = 16;
const MOST_BY_DEFAULT = 8;

function checkThreads(threads: number): number {
  if (Number.isInteger(threads) && threads >= 1 && threads <= MOST_THREADS) return hasThreads() ? threads : 1;
  throw new ShapeError(`${threads} threads for the runtime, expected 1 … ${MOST_THREADS}`, {
    code: 'THREADS',
    hint: 'a thread for each core is the most that helps',
  });
}

/** What there are kernels for. */
const FUSIONS: readonly Fusion[] = ['interpolateTaps', 'resizeArgMax', 'broadcastAdd'];

/** What runs: the network as it is, or as the inference passes leave it. Folding can lead to numbers that are none. */
function prepare(network: Network, { exact, ops }: CompileOptions): Network {
  checkWeights(network.graph, network.weights);
  if (exact) return network;
  const optimized = optimize(network.graph, network.weights, { target: FUSIONS, ops });
  checkWeights(optimized.graph, optimized.weights);
  return optimized;
}

async function compileNetwork(network: Network, threads: number, options: CompileOptions): Promise<Executable> {
  const { graph, weights } = prepare(network, options);
  const arena = createArena(threads > 1);
  const packed = packWeights(graph, weights, arena, (completed, total, item) => {
    options.onProgress?.({ phase: 'compile', completed, total, item });
    options.signal?.throwIfAborted();
  });
  const module = await compileKernels(threads > 1);
  const crew = threads > 1 ? await startCrew(threads, module, arena) : await aloneIn(module, arena.memory);
  const names = graph.nodes.flatMap(({ kind, params }) => (kind === 'custom' ? Object.values(params) : []));
  try {
    options.signal?.throwIfAborted();
    options.onProgress?.({ phase: 'compile', completed: packed.size, total: packed.size });
    options.signal?.throwIfAborted();
  } catch (error) {
    crew.dispose();
    throw error;
  }
  return createExecutable({
    ...{
      graph,
      arena,
      crew,
      packed,
      ops: options.ops ?? [],
      isExact: options.exact ?? false,
      tensors: parametersOf(graph).size,
    },
    hostWeights: new Map(names.map(({ name }) => [name, weights.get(name)!])),
  });
}

/**
 * Runs graphs on WebAssembly kernels of our own: SIMD, several threads, one planned memory for each executable. Needs no other package.
 *
 * @throws ShapeError `THREADS` when there are fewer than 1 or more than 16.
 */
export function simd({ threads: wanted = Math.min(countCores(), MOST_BY_DEFAULT) }: SimdOptions = {}): Runtime {
  const threads = checkThreads(wanted);
  return defineRuntime({
    name: 'simd',
    description: "Atrous' own engine on WebAssembly SIMD, in several threads",
    available: () =>
      Promise.resolve(
        hasSimd()
          ? { available: true, detail: `WebAssembly with SIMD, ${threads === 1 ? 'one thread' : `${threads} threads`}` }
          : {
              available: false,
              reason: 'WebAssembly with SIMD instructions is not available here',
              hint: 'use a newer browser, or the runtime "cpu"',
            },
      ),
    async compile(graph, weights, options = {}) {
      options.signal?.throwIfAborted();
      if (!hasSimd())
        throw new BackendError('WebAssembly with SIMD instructions is not available here', {
          code: 'NO_SIMD',
          hint: 'use a newer browser, or the runtime "cpu"',
        });
      return compileNetwork({ graph, weights }, threads, options);
    },
  });
}
