import {
  BackendError,
  checkInputs,
  createPace,
  createQueue,
  withInputShape,
  type Executable,
  type Graph,
  type LongRunningOptions,
  type OpDefinition,
  type Tensor,
  type Weights,
} from '@atrous/core';
import type { Arena } from '@atrous/platform/threads';
import type { Packed } from './pack-weights.ts';
import { installPlan, type InstalledPlan, type Stretch } from './plan/install-plan.ts';
import { makePlan } from './plan/make-plan.ts';
import type { StepRunner } from './step-runner.ts';

/** Several threads are asked again after this many multiply-adds, about 20 ms of one of them. */
const CREW_WORK = 5e8;

/** What {@link createExecutable} makes runnable. */
export interface Compiled {
  readonly graph: Graph;
  readonly arena: Arena;
  readonly runner: StepRunner;
  readonly packed: ReadonlyMap<string, Packed>;
  readonly ops: readonly OpDefinition[];
  readonly isExact: boolean;
  /** What custom ops read. */
  readonly hostWeights: Weights;
  /** Parameters of the network, packed or not. */
  readonly tensors: number;
}

type Inputs = ReadonlyMap<string, Tensor>;

/** Runs what is neither reported nor stopped. */
type RunStretch = (stretch: Stretch, installed: InstalledPlan) => Promise<void> | void;

/** Remembers the plan for the input shapes it was asked for last, which lies in memory behind the weights. */
function createPlanner({ graph, arena, runner, ...rest }: Compiled, runStretch: RunStretch) {
  const base = arena.mark();
  let last: { readonly key: string; readonly installed: InstalledPlan } | undefined;
  return async (inputs: Inputs): Promise<InstalledPlan> => {
    const shapes = new Map([...inputs].map(([name, { shape }]) => [name, shape]));
    const key = [...shapes.values()].map((shape) => shape.join()).join(';');
    if (last?.key === key) return last.installed;
    last = undefined;
    arena.release(base);
    const shaped = withInputShape(graph, shapes, { ops: rest.ops });
    const plan = makePlan({ ...rest, graph: shaped, parts: runner.parts });
    const installed = installPlan(plan, arena, runner.parts > 1 ? CREW_WORK : 0);
    for (const stretch of installed.preparation) await runStretch(stretch, installed);
    last = { key, installed };
    return installed;
  };
}

function writeInputs({ plan, views }: InstalledPlan, inputs: Inputs): void {
  for (const { name, buffer } of plan.inputs) views.floats(buffer).set(inputs.get(name)!.data);
}

function readOutputs({ plan, views }: InstalledPlan): Readonly<Record<string, Tensor>> {
  return Object.fromEntries(
    plan.outputs.map(({ name, shape, type, buffer }) => {
      const view = type === 'labels' ? views.ints(buffer) : views.floats(buffer);
      return [name, { shape, data: type === 'labels' ? new Int32Array(view) : new Float32Array(view) }];
    }),
  );
}

/** The executable of a network whose weights are packed. It owns the memory and the threads. */
export function createExecutable(compiled: Compiled): Executable {
  const { graph, runner } = compiled;
  const queue = createQueue();
  let held: Compiled | undefined = compiled;
  const runStretch: RunStretch = (stretch, { views }) =>
    'host' in stretch ? stretch.host.run(views) : runner.run(stretch.first, stretch.end);
  let plan: ReturnType<typeof createPlanner> | undefined = createPlanner(compiled, runStretch);

  const check = (signal: AbortSignal | undefined): ReturnType<typeof createPlanner> => {
    signal?.throwIfAborted();
    if (plan === undefined)
      throw new BackendError('this executable was disposed', { code: 'DISPOSED', hint: 'compile the graph again' });
    return plan;
  };
  async function runNow(inputs: Inputs, options: LongRunningOptions) {
    const installed = await check(options.signal)(inputs);
    check(options.signal);
    const pace = createPace('run', options);
    const total = installed.stretches.reduce((sum, { steps }) => sum + steps, 0);
    writeInputs(installed, inputs);
    let completed = 0;
    for (const stretch of installed.stretches) {
      options.onProgress?.({ phase: 'run', completed, total });
      check(options.signal);
      await runStretch(stretch, installed);
      completed += stretch.steps;
      await pace(completed, total);
    }
    check(options.signal);
    options.onProgress?.({ phase: 'run', completed: total, total });
    return readOutputs(installed);
  }

  const dispose = (): void => {
    if (held === undefined) return;
    held = undefined;
    plan = undefined;
    runner.dispose();
  };
  return {
    async run(inputs, options = {}) {
      check(options.signal);
      const checked = checkInputs(graph, inputs);
      return queue.run(() => runNow(checked, options), options.signal);
    },
    memory: () =>
      held ? { tensors: held.tensors, bytes: held.arena.memory.buffer.byteLength } : { tensors: 0, bytes: 0 },
    dispose,
    [Symbol.dispose]: dispose,
  };
}
