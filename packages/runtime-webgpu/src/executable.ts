import {
  BackendError,
  checkInputs,
  createQueue,
  inputsOf,
  withInputShape,
  type Executable,
  type Graph,
  type LongRunningOptions,
  type OpDefinition,
  type Tensor,
  type Weights,
} from '@atrous/core';
import type { DeviceMemory } from './device/device-memory.ts';
import type { Session } from './device/session.ts';
import type { Packed } from './pack-weights.ts';
import { installPlan, type InstalledPlan } from './plan/install-plan.ts';
import { makePlan } from './plan/make-plan.ts';
import { runPlan } from './plan/run-plan.ts';
import type { Precision } from './precision.ts';

/** Shapes `[n, h, w, c]` by input name. */
export type InputShapes = Readonly<Record<string, readonly number[]>>;

/** A network on a GPU. */
export interface WebGpuExecutable extends Executable {
  /**
   * Prepares for images of a size, so that the first one takes no longer than the others: programs are compiled side by side, off the thread
   * that asks, buffers and bind groups are made. A network whose inputs have a fixed size is prepared by `compile`.
   *
   * @throws ShapeError for a shape that does not fit, BackendError `OUT_OF_MEMORY`, `DEVICE_LOST`, `DISPOSED`.
   */
  warmUp(shapes: InputShapes): Promise<void>;
}

/** What {@link createExecutable} makes runnable. */
export interface Compiled {
  readonly graph: Graph;
  readonly session: Session;
  readonly precision: Precision;
  /** Where the parameters are. */
  readonly memory: DeviceMemory;
  readonly packed: ReadonlyMap<string, Packed>;
  readonly ops: readonly OpDefinition[];
  /** What custom ops read. */
  readonly hostWeights: Weights;
  /** Parameters of the network, packed or not. */
  readonly tensors: number;
}

/** Remembers the plan for the input shapes that it was asked for last. */
function createPlanner({ session, ...source }: Compiled) {
  let last: { readonly key: string; readonly installed: InstalledPlan } | undefined;
  const forget = (): void => {
    last?.installed.dispose();
    last = undefined;
  };
  return {
    forget,
    bytes: () => last?.installed.bytes ?? 0,
    async plan(shapes: ReadonlyMap<string, readonly number[]>): Promise<InstalledPlan> {
      const key = JSON.stringify([...shapes]);
      if (last?.key === key) return last.installed;
      forget();
      const graph = withInputShape(source.graph, shapes, { ops: source.ops });
      const installed = await installPlan(makePlan({ ...source, graph }), session, source.precision);
      last = { key, installed };
      return installed;
    },
  };
}

const shapesOf = (inputs: ReadonlyMap<string, Tensor>): ReadonlyMap<string, readonly number[]> =>
  new Map([...inputs].map(([name, { shape }]) => [name, shape]));

/** Shapes of all inputs that the graph itself fixes. */
function fixedShapes(graph: Graph): ReadonlyMap<string, readonly number[]> | undefined {
  const inputs = inputsOf(graph);
  if (inputs.some(({ shape }) => shape.includes(null))) return undefined;
  return new Map(inputs.map(({ name, shape }) => [name, shape as readonly number[]]));
}

/** The executable of a network whose parameters are on a device. It owns them. */
export async function createExecutable(compiled: Compiled): Promise<WebGpuExecutable> {
  const { graph, session, memory } = compiled;
  const planner = createPlanner(compiled);
  const queue = createQueue();
  let isDisposed = false;

  const check = (signal?: AbortSignal): void => {
    signal?.throwIfAborted();
    if (isDisposed)
      throw new BackendError('this executable was disposed', { code: 'DISPOSED', hint: 'compile the graph again' });
    session.checkAlive();
  };
  async function runNow(inputs: ReadonlyMap<string, Tensor>, options: LongRunningOptions) {
    check(options.signal);
    const installed = await planner.plan(shapesOf(inputs));
    check(options.signal);
    const results = await runPlan(installed, inputs, session, options);
    check(options.signal);
    return results;
  }
  const warmUp = (shapes: ReadonlyMap<string, readonly number[]>): Promise<void> =>
    queue.run(async () => {
      check();
      await planner.plan(shapes);
    });
  const dispose = (): void => {
    if (isDisposed) return;
    isDisposed = true;
    // whoever runs may finish
    void queue.idle().then(() => {
      planner.forget();
      memory.dispose();
    });
  };

  const fixed = fixedShapes(graph);
  if (fixed) await warmUp(fixed);
  return {
    async run(inputs, options = {}) {
      check(options.signal);
      const checked = checkInputs(graph, inputs);
      return queue.run(() => runNow(checked, options), options.signal);
    },
    async warmUp(shapes) {
      check();
      const empty = Object.entries(shapes).map(([name, shape]): [string, Tensor] => [
        name,
        { shape, data: new Float32Array(0) },
      ]);
      await warmUp(shapesOf(checkInputs(graph, Object.fromEntries(empty))));
    },
    memory: () =>
      isDisposed ? { tensors: 0, bytes: 0 } : { tensors: compiled.tensors, bytes: memory.bytes + planner.bytes() },
    dispose,
    [Symbol.dispose]: dispose,
  };
}
