import {
  AtrousError,
  BackendError,
  checkWeights,
  defineRuntime,
  fusedKinds,
  optimize,
  parametersOf,
  type Availability,
  type CompileOptions,
  type Graph,
  type LongRunningOptions,
  type Network,
  type OpDefinition,
  type Runtime,
  type Tensor,
  type Weights,
} from '@atrous/core';
import { toBackendError } from './backend-error.ts';
import { checkRoom } from './check-room.ts';
import { chooseBackend, withEngine } from './engine-queue.ts';
import { createExecutable } from './executable.ts';
import { upload } from './host-tensors.ts';
import type { DeviceTensor } from './kernel.ts';
import { createStarter } from './start-backend.ts';
import type { TfjsBackend } from './tfjs-backend.ts';
import type { TrainableNetwork } from './training/trainable-network.ts';

/** Names of the parameters that custom ops read, on the host, or that all other nodes read, on the device. */
const namesOf = (graph: Graph, custom: boolean): ReadonlySet<string> =>
  new Set(
    graph.nodes
      .filter(({ kind }) => (kind === 'custom') === custom)
      .flatMap(({ params }) => Object.values(params).map(({ name }) => name)),
  );

function uploadParam(name: string, { shape, data }: Tensor, backend: TfjsBackend): DeviceTensor {
  const where = `uploading "${name}"`;
  checkRoom(backend, data.length, where);
  try {
    // backends may keep the array they are given, and the caller may change it
    return upload({ shape, data: data.slice() });
  } catch (error) {
    throw toBackendError(error, backend.name, where);
  }
}

function uploadAll(
  names: readonly string[],
  weights: Weights,
  backend: TfjsBackend,
  { signal, onProgress }: LongRunningOptions,
): Map<string, DeviceTensor> {
  const params = new Map<string, DeviceTensor>();
  try {
    for (const [completed, name] of names.entries()) {
      onProgress?.({ phase: 'compile', completed, total: names.length, item: name });
      signal?.throwIfAborted();
      params.set(name, uploadParam(name, weights.get(name) as Tensor, backend));
    }
    onProgress?.({ phase: 'compile', completed: names.length, total: names.length });
    return params;
  } catch (error) {
    params.forEach((param) => param.dispose());
    throw error;
  }
}

/** What runs: the network as it is, or as the inference passes leave it. Folding can lead to numbers that are none. */
function prepare(network: Network, { exact, ops }: CompileOptions): Network {
  checkWeights(network.graph, network.weights);
  if (exact) return network;
  const optimized = optimize(network.graph, network.weights, { target: ['broadcastAdd', ...fusedKinds], ops });
  checkWeights(optimized.graph, optimized.weights);
  return optimized;
}

function reasonOf(error: unknown): Availability {
  const { message, hint } = error instanceof AtrousError ? error : new BackendError(String(error));
  return { available: false, reason: message, hint: hint ?? 'use another runtime' };
}

/** Options of {@link TfjsRuntime.trainable}. */
export interface TrainableOptions extends LongRunningOptions {
  /** Definitions of the custom ops in the graph. Those without a gradient cannot be trained through. */
  readonly ops?: readonly OpDefinition[] | undefined;
}

/** A runtime over a tfjs backend, which can train, too. */
export interface TfjsRuntime extends Runtime {
  /**
   * Puts a network on the device to be trained: exactly this graph, without the inference passes.
   *
   * @throws BackendError when the runtime does not work here or its self-test fails.
   * @throws WeightsError when a parameter is missing, has the wrong shape or is not finite.
   */
  trainable(graph: Graph, weights: Weights, options?: TrainableOptions): Promise<TrainableNetwork>;
  /**
   * Runs `work` with this runtime's backend as the current one of TensorFlow.js, while no other call of this package uses the engine: for
   * tensors that belong to no network. `work` must not call this package.
   *
   * @throws BackendError when the runtime does not work here.
   */
  use<T>(work: () => Promise<T>, signal?: AbortSignal): Promise<T>;
}

/**
 * The runtime over one tfjs backend.
 *
 * tfjs has one current backend per process. Calls of all runtimes made here wait for each other, so that several can be used side by side;
 * while one runs it makes its backend the current one.
 *
 * The first `compile` tests the device on tiny inputs of every op family.
 */
export function createTfjsRuntime(backend: TfjsBackend): TfjsRuntime {
  const starter = createStarter(backend);
  const runtime = defineRuntime({
    name: backend.name,
    description: backend.description,
    available: () =>
      withEngine(async (): Promise<Availability> => {
        try {
          await starter.start();
          return { available: true, detail: backend.describe() };
        } catch (error) {
          return reasonOf(error);
        }
      }),
    async compile(graph, weights, options = {}) {
      options.signal?.throwIfAborted();
      return withEngine(async () => {
        await starter.test();
        options.signal?.throwIfAborted();
        const network = prepare({ graph, weights }, options);
        const names = [...namesOf(network.graph, true)];
        const since = starter.starts();
        return createExecutable({
          backend,
          graph: network.graph,
          params: uploadAll([...namesOf(network.graph, false)], network.weights, backend, options),
          hostParams: new Map(names.map((name) => [name, network.weights.get(name) as Tensor])),
          ops: options.ops ?? [],
          exact: options.exact ?? false,
          isStale: () => starter.starts() !== since,
        });
      }, options.signal);
    },
  });
  return {
    ...runtime,
    use: (work, signal) =>
      withEngine(async () => {
        await starter.start();
        await chooseBackend(backend.tfjsName);
        return work();
      }, signal),
    async trainable(graph, weights, options = {}) {
      options.signal?.throwIfAborted();
      return withEngine(async () => {
        await starter.test();
        options.signal?.throwIfAborted();
        checkWeights(graph, weights);
        // most programs do not train
        const { createTrainableNetwork, trainingKernelsOf } = await import('./training/make-trainable.ts');
        const kernels = await trainingKernelsOf(backend);
        const since = starter.starts();
        return createTrainableNetwork({
          ...{ backend, graph, kernels },
          params: uploadAll([...parametersOf(graph).keys()], weights, backend, options),
          ops: options.ops ?? [],
          isStale: () => starter.starts() !== since,
        });
      }, options.signal);
    },
  };
}
