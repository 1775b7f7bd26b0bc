import {
  AtrousError,
  BackendError,
  checkWeights,
  defineRuntime,
  optimizeForInference,
  parametersOf,
  type Availability,
  type CompileOptions,
  type Executable,
  type Graph,
  type Runtime,
  type Tensor,
  type Weights,
} from '@atrous/core';
import { withEngine } from './engine-queue.ts';
import { createExecutable } from './executable.ts';
import { upload } from './host-tensors.ts';
import type { DeviceTensor } from './kernel.ts';
import { createStarter } from './start-backend.ts';
import type { TfjsBackend } from './tfjs-backend.ts';

/** Names of the parameters that only custom ops read: those stay on the host. */
function customParams(graph: Graph): ReadonlySet<string> {
  const names = (custom: boolean): string[] =>
    graph.nodes
      .filter(({ kind }) => (kind === 'custom') === custom)
      .flatMap(({ params }) => Object.values(params).map(({ name }) => name));
  const others = new Set(names(false));
  return new Set(names(true).filter((name) => !others.has(name)));
}

function uploadAll(graph: Graph, weights: Weights, { signal, onProgress }: CompileOptions): Map<string, DeviceTensor> {
  const onHost = customParams(graph);
  const names = [...parametersOf(graph).keys()].filter((name) => !onHost.has(name));
  const params = new Map<string, DeviceTensor>();
  try {
    for (const [completed, name] of names.entries()) {
      onProgress?.({ phase: 'compile', completed, total: names.length, item: name });
      signal?.throwIfAborted();
      const { shape, data } = weights.get(name) as Tensor;
      // backends may keep the array they are given, and the caller may change it
      params.set(name, upload({ shape, data: data.slice() }));
    }
    onProgress?.({ phase: 'compile', completed: names.length, total: names.length });
    return params;
  } catch (error) {
    params.forEach((param) => param.dispose());
    throw error;
  }
}

async function compileOn(
  backend: TfjsBackend,
  graph: Graph,
  weights: Weights,
  options: CompileOptions,
  isStale: () => boolean,
): Promise<Executable> {
  checkWeights(graph, weights);
  const network = options.exact ? { graph, weights } : optimizeForInference({ graph, weights }, { ops: options.ops });
  if (!options.exact) checkWeights(network.graph, network.weights);
  const hostNames = network.graph.nodes
    .filter(({ kind }) => kind === 'custom')
    .flatMap(({ params }) => Object.values(params).map(({ name }) => name));
  const hostParams = new Map(hostNames.map((name) => [name, network.weights.get(name) as Tensor]));
  const params = uploadAll(network.graph, network.weights, options);
  return createExecutable({ backend, graph: network.graph, params, hostParams, ops: options.ops ?? [], isStale });
}

function reasonOf(error: unknown): Availability {
  const { message, hint } = error instanceof AtrousError ? error : new BackendError(String(error));
  return { available: false, reason: message, hint: hint ?? 'use another runtime' };
}

/**
 * The runtime over one tfjs backend.
 *
 * tfjs has one current backend per process. Calls of all runtimes made here wait for each other, so that several can be used side by side;
 * while one runs it makes its backend the current one.
 *
 * The first `compile` tests the device on tiny inputs of every op family.
 */
export function createTfjsRuntime(backend: TfjsBackend): Runtime {
  const starter = createStarter(backend);
  return defineRuntime({
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
        const since = starter.starts();
        return compileOn(backend, graph, weights, options, () => starter.starts() !== since);
      }, options.signal);
    },
  });
}
