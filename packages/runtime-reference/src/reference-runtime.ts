import {
  BackendError,
  checkWeights,
  defineRuntime,
  parametersOf,
  type CompileOptions,
  type Executable,
  type Graph,
  type Runtime,
  type Tensor,
  type Weights,
} from '@atrous/core';
import { runGraph } from './run-graph.ts';

function createExecutable(graph: Graph, weights: Weights, ops: CompileOptions['ops']): Executable {
  let held: Weights | undefined = weights;
  const alive = (): Weights => {
    if (held === undefined)
      throw new BackendError('this executable was disposed', { code: 'DISPOSED', hint: 'compile the graph again' });
    return held;
  };
  const dispose = (): void => {
    held = undefined;
  };
  return {
    async run(inputs, options = {}) {
      return runGraph(graph, alive(), inputs, { ...options, ops });
    },
    memory() {
      const tensors = [...(held?.values() ?? [])];
      return { tensors: tensors.length, bytes: tensors.reduce((sum, { data }) => sum + data.byteLength, 0) };
    },
    dispose,
    [Symbol.dispose]: dispose,
  };
}

/**
 * The runtime that defines what every op computes: plain TypeScript, float64, one node after the other.
 *
 * It runs graphs exactly as they stand and is meant for tests and for finding out which runtime is wrong, not for speed.
 * Custom ops run through their own `reference`, on float32 tensors.
 */
export const referenceRuntime = (): Runtime =>
  defineRuntime({
    name: 'reference',
    description: 'Plain TypeScript in float64: the definition of every op',
    available: () => Promise.resolve({ available: true, detail: 'plain JavaScript, float64' }),
    async compile(graph, weights, { ops, signal, onProgress } = {}) {
      signal?.throwIfAborted();
      checkWeights(graph, weights);
      const own = new Map([...parametersOf(graph).keys()].map((name) => [name, weights.get(name) as Tensor]));
      onProgress?.({ phase: 'compile', completed: 1, total: 1 });
      return createExecutable(graph, own, ops);
    },
  });
