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
import { createDeviceNetwork, type DeviceNetwork } from './device-network.ts';
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
  /** What it computes on; the runtime's, not to be destroyed. */
  readonly device: GPUDevice;
  /**
   * The network for images that are on the device, such as frames of a video. Its buffers are its own: dispose it when it is no longer needed.
   * It is of no use once the executable is disposed.
   *
   * @throws as `warmUp`, and UnsupportedError for a network with custom ops.
   */
  onDevice(shapes: InputShapes): Promise<DeviceNetwork>;
}

type Shapes = ReadonlyMap<string, readonly number[]>;

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

/** Puts plans for input shapes on the device, and remembers those that are there. */
function createPlanner({ session, ...source }: Compiled) {
  const all = new Set<InstalledPlan>();
  let last: { readonly key: string; readonly installed: InstalledPlan } | undefined;
  const free = (installed: InstalledPlan): void => {
    all.delete(installed);
    installed.dispose();
  };
  const install = async (shapes: Shapes): Promise<InstalledPlan> => {
    const graph = withInputShape(source.graph, shapes, { ops: source.ops });
    const installed = await installPlan(makePlan({ ...source, graph }), session, source.precision);
    all.add(installed);
    return installed;
  };
  return {
    install,
    free,
    freeAll: () => [...all].forEach(free),
    bytes: () => [...all].reduce((sum, { bytes }) => sum + bytes, 0),
    /** The plan for these shapes, which stays until others are asked for. */
    async planFor(shapes: Shapes): Promise<InstalledPlan> {
      const key = JSON.stringify([...shapes]);
      if (last?.key === key) return last.installed;
      if (last) free(last.installed);
      last = undefined;
      const installed = await install(shapes);
      last = { key, installed };
      return installed;
    },
  };
}

const shapesOf = (inputs: ReadonlyMap<string, Tensor>): Shapes =>
  new Map([...inputs].map(([name, { shape }]) => [name, shape]));

/** Shapes that somebody gives, checked as images of them would be. */
function checkShapes(graph: Graph, shapes: InputShapes): Shapes {
  const images = Object.entries(shapes).map(([name, shape]) => [name, { shape, data: new Float32Array(0) }]);
  return shapesOf(checkInputs(graph, Object.fromEntries(images) as Record<string, Tensor>));
}

/** Shapes of all inputs that the graph itself fixes. */
function fixedShapes(graph: Graph): Shapes | undefined {
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
    const installed = await planner.planFor(shapesOf(inputs));
    check(options.signal);
    const results = await runPlan(installed, inputs, session, options);
    check(options.signal);
    return results;
  }
  const inTurn = <T>(job: () => Promise<T>): Promise<T> =>
    queue.run(() => {
      check();
      return job();
    });
  const dispose = (): void => {
    if (isDisposed) return;
    isDisposed = true;
    // whoever runs may finish
    void queue.idle().then(() => {
      planner.freeAll();
      memory.dispose();
    });
  };

  const fixed = fixedShapes(graph);
  if (fixed) await inTurn(() => planner.planFor(fixed));
  return {
    device: session.device,
    async run(inputs, options = {}) {
      check(options.signal);
      const checked = checkInputs(graph, inputs);
      return queue.run(() => runNow(checked, options), options.signal);
    },
    async warmUp(shapes) {
      check();
      const checked = checkShapes(graph, shapes);
      await inTurn(() => planner.planFor(checked));
    },
    async onDevice(shapes) {
      check();
      const checked = checkShapes(graph, shapes);
      const installed = await inTurn(() => planner.install(checked));
      try {
        return createDeviceNetwork(installed, () => planner.free(installed));
      } catch (error) {
        planner.free(installed);
        throw error;
      }
    },
    memory: () =>
      isDisposed ? { tensors: 0, bytes: 0 } : { tensors: compiled.tensors, bytes: memory.bytes + planner.bytes() },
    dispose,
    [Symbol.dispose]: dispose,
  };
}
