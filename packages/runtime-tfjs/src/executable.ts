import {
  BackendError,
  checkInputs,
  type Executable,
  type Graph,
  type LongRunningOptions,
  type MemoryUse,
  type OpDefinition,
  type Tensor,
  type Weights,
} from '@atrous/core';
import { cutForSize } from './cut-for-size.ts';
import { deviceLost, toBackendError } from './backend-error.ts';
import { chooseBackend, withEngine } from './engine-queue.ts';
import type { DeviceTensor } from './kernel.ts';
import { createPlanner } from './plan.ts';
import { runNodes } from './run-nodes.ts';
import type { TfjsBackend } from './tfjs-backend.ts';

/** A run lets timers, aborts and drawing have their turn this often. A pause costs up to 4 ms in browsers. */
const PAUSE_EVERY_MS = 50;

/** What {@link createExecutable} makes runnable. */
export interface Compiled {
  readonly backend: TfjsBackend;
  readonly graph: Graph;
  readonly params: ReadonlyMap<string, DeviceTensor>;
  readonly hostParams: Weights;
  readonly ops: readonly OpDefinition[];
  /** Run the graph as it is, whatever the size of the image. */
  readonly exact: boolean;
  /** Whether the backend was started anew since, without these parameters. */
  readonly isStale: () => boolean;
}

const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));

function memoryOf({ params, hostParams }: Pick<Compiled, 'params' | 'hostParams'>): MemoryUse {
  const device = [...params.values()].reduce((sum, { size }) => sum + size * Float32Array.BYTES_PER_ELEMENT, 0);
  const host = [...hostParams.values()].reduce((sum, { data }) => sum + data.byteLength, 0);
  return { tensors: params.size + hostParams.size, bytes: device + host };
}

/** The executable over parameters that are on the device. It owns them. */
export function createExecutable(compiled: Compiled): Executable {
  const { backend, graph, hostParams } = compiled;
  const plan = createPlanner(graph, compiled.ops);
  const parts = new Map<string, DeviceTensor>();
  const everyParam = (): ReadonlyMap<string, DeviceTensor> => new Map([...compiled.params, ...parts]);
  let disposed = false;
  let running = false;

  const free = (): void => everyParam().forEach((param) => param.dispose());
  const check = (signal: AbortSignal | undefined): void => {
    signal?.throwIfAborted();
    if (disposed)
      throw new BackendError('this executable was disposed', { code: 'DISPOSED', hint: 'compile the graph again' });
    const lost = backend.lost?.() ?? (compiled.isStale() ? 'it was started anew since' : undefined);
    if (lost !== undefined) throw deviceLost(backend.name, lost);
  };
  /** Errors that devices report by themselves explain what was thrown because of them. */
  const checkDevice = (): void => {
    const error = backend.takeError?.();
    if (error) throw toBackendError(error, backend.name, 'running the network');
  };

  async function runNow(inputs: ReadonlyMap<string, Tensor>, options: LongRunningOptions) {
    let pausedAt = performance.now();
    const between = async (): Promise<void> => {
      if (performance.now() - pausedAt > PAUSE_EVERY_MS) {
        await pause();
        pausedAt = performance.now();
      }
      check(options.signal);
      checkDevice();
      await chooseBackend(backend.tfjsName);
    };
    running = true;
    backend.takeError?.();
    try {
      const planned = plan(inputs);
      const nodes = compiled.exact ? planned : cutForSize(planned, { params: compiled.params, parts });
      const outputs = await runNodes({ ...compiled, ...options, params: everyParam(), nodes, inputs, between });
      check(undefined);
      checkDevice();
      return outputs;
    } catch (error) {
      checkDevice();
      throw error;
    } finally {
      running = false;
      if (disposed) free();
    }
  }

  const dispose = (): void => {
    if (disposed) return;
    disposed = true;
    if (!running) free();
  };
  return {
    async run(inputs, options = {}) {
      check(options.signal);
      const checked = checkInputs(graph, inputs);
      return withEngine(() => {
        check(options.signal);
        return runNow(checked, options);
      }, options.signal);
    },
    memory: () => (disposed ? { tensors: 0, bytes: 0 } : memoryOf({ params: everyParam(), hostParams })),
    dispose,
    [Symbol.dispose]: dispose,
  };
}
