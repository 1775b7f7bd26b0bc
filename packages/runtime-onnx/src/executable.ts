import {
  BackendError,
  checkInputs,
  createQueue,
  parametersOf,
  sizeOf,
  type Executable,
  type LongRunningOptions,
  type MemoryUse,
  type Tensor,
} from '@atrous/core';
import { createPlan, type Compiled, type Plan } from './plan.ts';
import { createPlanCache } from './plan-cache.ts';

const shapesOf = (inputs: ReadonlyMap<string, Tensor>): ReadonlyMap<string, readonly number[]> =>
  new Map([...inputs].map(([name, { shape }]) => [name, shape]));

/** Runs every step, with a word in between. */
async function runSteps(
  { steps }: Plan,
  values: Map<string, Tensor>,
  { signal, onProgress }: LongRunningOptions,
): Promise<void> {
  for (const [completed, step] of steps.entries()) {
    onProgress?.({ phase: 'run', completed, total: steps.length });
    signal?.throwIfAborted();
    await step(values);
    signal?.throwIfAborted();
  }
  onProgress?.({ phase: 'run', completed: steps.length, total: steps.length });
}

/** Results by output name. What was given is not handed out again, for the caller may change it. */
function pick({ outputs }: Plan, values: ReadonlyMap<string, Tensor>, given: ReadonlySet<string>) {
  const entries = Object.entries(outputs).map(([name, node]) => {
    const { shape, data } = values.get(node) as Tensor;
    return [name, { shape, data: given.has(node) ? data.slice() : data }] as const;
  });
  return Object.fromEntries(entries);
}

/**
 * The executable over an onnxruntime. Runs wait for each other.
 *
 * onnxruntime loads a network anew for every input shape; the last two shapes stay loaded.
 */
export function createExecutable(compiled: Compiled): Executable {
  const { graph } = compiled;
  const plans = createPlanCache((shapes) => createPlan(compiled, shapes));
  const queue = createQueue();
  let disposed = false;

  const check = (signal: AbortSignal | undefined): void => {
    signal?.throwIfAborted();
    if (disposed)
      throw new BackendError('this executable was disposed', { code: 'DISPOSED', hint: 'compile the graph again' });
  };
  const memory = (): MemoryUse => {
    const params = [...parametersOf(graph).values()];
    const copies = disposed ? 0 : 1 + plans.size();
    const bytes = params.reduce((sum, { shape }) => sum + sizeOf(shape) * Float32Array.BYTES_PER_ELEMENT, 0);
    return { tensors: params.length * copies, bytes: bytes * copies };
  };
  const dispose = (): void => {
    if (disposed) return;
    disposed = true;
    void queue.idle().then(() => plans.clear());
  };
  return {
    async run(inputs, options = {}) {
      check(options.signal);
      const given = checkInputs(graph, inputs);
      return queue.run(async () => {
        check(options.signal);
        const values = new Map(given);
        const plan = await plans.get(shapesOf(given));
        await runSteps(plan, values, options);
        return pick(plan, values, new Set(given.keys()));
      }, options.signal);
    },
    memory,
    dispose,
    [Symbol.dispose]: dispose,
  };
}
