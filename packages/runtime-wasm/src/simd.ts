import {
  BackendError,
  checkWeights,
  defineRuntime,
  optimize,
  parametersOf,
  type CompileOptions,
  type Executable,
  type Fusion,
  type Network,
  type Runtime,
} from '@atrous/core';
import { countCores, createArena, kernelModule, resolveThreads } from '@atrous/platform/threads';
import binary from '../assembly/index.ts?assemblyscript';
import sharedBinary from '../assembly/index.ts?assemblyscript-shared';
import { createExecutable } from './executable.ts';
import { packWeights } from './pack-weights.ts';
import { createStepRunner } from './step-runner.ts';

/** Options of {@link simd}. */
export interface SimdOptions {
  /**
   * Threads of each executable, 1 … 16. Default: one for each core, at most 8. Where threads cannot share memory, as in pages that are
   * not isolated from other origins, there is one, and it is the one that asks.
   */
  readonly threads?: number | undefined;
}

const MOST_BY_DEFAULT = 8;

const kernels = kernelModule(binary, sharedBinary);

const MEMORY_OWNER = {
  name: 'the network',
  hint: 'use a smaller image or batch, or dispose executables that are no longer needed',
};

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
  const arena = createArena(threads > 1, MEMORY_OWNER);
  const packed = packWeights(graph, weights, arena, (completed, total, item) => {
    options.onProgress?.({ phase: 'compile', completed, total, item });
    options.signal?.throwIfAborted();
  });
  const runner = await createStepRunner(await kernels.compile(threads > 1), arena, threads);
  const names = graph.nodes.flatMap(({ kind, params }) => (kind === 'custom' ? Object.values(params) : []));
  try {
    options.signal?.throwIfAborted();
    options.onProgress?.({ phase: 'compile', completed: packed.size, total: packed.size });
    options.signal?.throwIfAborted();
  } catch (error) {
    runner.dispose();
    throw error;
  }
  return createExecutable({
    ...{
      graph,
      arena,
      runner,
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
  const threads = resolveThreads(wanted, 'the runtime');
  return defineRuntime({
    name: 'simd',
    description: "Atrous' own engine on WebAssembly SIMD, in several threads",
    available: () =>
      Promise.resolve(
        kernels.isSupported()
          ? { available: true, detail: `WebAssembly with SIMD, ${threads === 1 ? 'one thread' : `${threads} threads`}` }
          : {
              available: false,
              reason: 'WebAssembly with SIMD instructions is not available here',
              hint: 'use a newer browser, or the runtime "cpu"',
            },
      ),
    async compile(graph, weights, options = {}) {
      options.signal?.throwIfAborted();
      if (!kernels.isSupported())
        throw new BackendError('WebAssembly with SIMD instructions is not available here', {
          code: 'NO_SIMD',
          hint: 'use a newer browser, or the runtime "cpu"',
        });
      return compileNetwork({ graph, weights }, threads, options);
    },
  });
}
