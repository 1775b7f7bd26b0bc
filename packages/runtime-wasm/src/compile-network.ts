import {
  checkWeights,
  optimize,
  parametersOf,
  type CompileOptions,
  type Executable,
  type Fusion,
  type Network,
} from '@atrous/core';
import { createArena, type KernelModule } from '@atrous/platform/threads';
import { createExecutable } from './executable.ts';
import { packWeights } from './pack-weights.ts';
import { createStepRunner } from './step-runner.ts';

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

/** On which kernels a network runs, in how many threads. */
export interface Machinery {
  readonly build: KernelModule;
  readonly threads: number;
}

/** Compiles a network. @throws BackendError, WeightsError, the signal's reason. */
export async function compileNetwork(
  network: Network,
  { build, threads }: Machinery,
  options: CompileOptions,
): Promise<Executable> {
  const { graph, weights } = prepare(network, options);
  const arena = createArena(threads > 1, MEMORY_OWNER);
  const packed = packWeights(graph, weights, arena, (completed, total, item) => {
    options.onProgress?.({ phase: 'compile', completed, total, item });
    options.signal?.throwIfAborted();
  });
  const runner = await createStepRunner(await build.compile(threads > 1), arena, threads);
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
    ...{ graph, arena, runner, packed, ops: options.ops ?? [], isExact: options.exact ?? false },
    tensors: parametersOf(graph).size,
    hostWeights: new Map(names.map(({ name }) => [name, weights.get(name)!])),
  });
}
