import {
  AtrousError,
  BackendError,
  checkWeights,
  defineRuntime,
  optimizeForInference,
  type Availability,
  type CompileOptions,
  type Network,
  type Runtime,
} from '@atrous/core';
import { createExecutable } from './executable.ts';
import type { OnnxBackend, OnnxEngine } from './onnx-engine.ts';
import { selfTest } from './self-test.ts';

/** Loads and tests the engine when it is first wanted; tries again after a failure. */
function createStarter(backend: OnnxBackend): () => Promise<OnnxEngine> {
  let started: Promise<OnnxEngine> | undefined;
  const start = async (): Promise<OnnxEngine> => {
    const engine = await backend.load();
    await selfTest(backend, engine);
    return engine;
  };
  return async () => {
    started ??= start();
    try {
      return await started;
    } catch (error) {
      started = undefined;
      throw error;
    }
  };
}

/** The network as it is, or as the passes leave it that need no size. Folding can lead to numbers that are none. */
function prepare(network: Network, { exact, ops }: CompileOptions): Network {
  checkWeights(network.graph, network.weights);
  if (exact) return network;
  const optimized = optimizeForInference(network, { ops });
  checkWeights(optimized.graph, optimized.weights);
  return optimized;
}

function reasonOf(error: unknown): Availability {
  const { message, hint } = error instanceof AtrousError ? error : new BackendError(String(error));
  return { available: false, reason: message, hint: hint ?? 'use another runtime' };
}

/**
 * The runtime over an onnxruntime: every network is written as ONNX in memory and loaded for the shape of its inputs.
 *
 * Custom ops cut the network: the parts between them run as ONNX, they themselves on the host through their `reference`.
 */
export function createOnnxRuntime(backend: OnnxBackend): Runtime {
  const start = createStarter(backend);
  return defineRuntime({
    name: backend.name,
    description: backend.description,
    async available() {
      try {
        await start();
        return { available: true, detail: backend.describe() };
      } catch (error) {
        return reasonOf(error);
      }
    },
    async compile(graph, weights, options = {}) {
      const { signal, onProgress, ops = [], exact = false } = options;
      signal?.throwIfAborted();
      onProgress?.({ phase: 'compile', completed: 0, total: 1 });
      const engine = await start();
      signal?.throwIfAborted();
      const executable = createExecutable({ ...prepare({ graph, weights }, options), backend, engine, ops, exact });
      onProgress?.({ phase: 'compile', completed: 1, total: 1 });
      return executable;
    },
  });
}
