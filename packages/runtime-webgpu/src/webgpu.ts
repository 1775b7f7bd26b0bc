import {
  AtrousError,
  checkWeights,
  optimize,
  parametersOf,
  createPace,
  type Availability,
  type CompileOptions,
  type Fusion,
  type Graph,
  type Network,
  type Runtime,
  type Weights,
} from '@atrous/core';
import { describeAdapter } from '@atrous/platform/gpu';
import { createDeviceMemory } from './device/device-memory.ts';
import { borrowedDevice, ownDevices } from './device/devices.ts';
import type { Session } from './device/session.ts';
import { createExecutable, type WebGpuExecutable } from './executable.ts';
import { nodesToPack, packWeights } from './pack-weights.ts';
import type { Precision } from './precision.ts';

/** Options of {@link webgpu}. */
export interface WebGpuOptions {
  /** Which adapter to ask for where there are several. Default `high-performance`. */
  readonly powerPreference?: GPUPowerPreference | undefined;
  /** A device to compute on, such as the application's, instead of one of the runtime's own. It stays the caller's. */
  readonly device?: GPUDevice | undefined;
  /**
   * How maps and weights are stored; sums are float32 always. `float16` halves what goes to and from memory, and moves logits by about a
   * thousandth. `auto`, the default, is `float16` where the GPU computes in it, too (`shader-f16`), and `float32` elsewhere and with `exact`.
   */
  readonly precision?: 'auto' | Precision | undefined;
  /** Also take an adapter that computes in software, which is slower than the runtime `simd`. Default false. */
  readonly software?: boolean | undefined;
}

/** Runs graphs on a GPU. */
export interface WebGpuRuntime extends Runtime {
  compile(graph: Graph, weights: Weights, options?: CompileOptions): Promise<WebGpuExecutable>;
  /** Gives back the runtime's own device; what was compiled for it no longer runs. Compiling afterwards takes a new one. */
  dispose(): void;
  [Symbol.dispose](): void;
}

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

const refusal = (error: unknown): Availability => ({
  available: false,
  reason: error instanceof Error ? error.message : String(error),
  hint: (error instanceof AtrousError ? error.hint : undefined) ?? 'use the runtime simd',
});

async function compileNetwork(network: Network, session: Session, precision: Precision, options: CompileOptions) {
  const { graph, weights } = network;
  const total = nodesToPack(graph).length;
  const pace = createPace('compile', options);
  const memory = createDeviceMemory(session.device);
  try {
    options.onProgress?.({ phase: 'compile', completed: 0, total });
    options.signal?.throwIfAborted();
    const packed = await packWeights(network, memory, precision, (completed) => pace(completed, total));
    await session.attempt(() => undefined);
    options.onProgress?.({ phase: 'compile', completed: total, total });
    options.signal?.throwIfAborted();
    const names = graph.nodes.flatMap(({ kind, params }) => (kind === 'custom' ? Object.values(params) : []));
    return await createExecutable({
      ...{ graph, session, precision, memory, packed, ops: options.ops ?? [], tensors: parametersOf(graph).size },
      hostWeights: new Map(names.map(({ name }) => [name, weights.get(name)!])),
    });
  } catch (error) {
    memory.dispose();
    throw error;
  }
}

/**
 * Runs graphs on the GPU through WebGPU with kernels of our own, in browsers and, with the npm package `webgpu` installed, in Node. Needs no
 * TensorFlow.js. Nothing is put into the global scope.
 */
export function webgpu(options: WebGpuOptions = {}): WebGpuRuntime {
  const { device, powerPreference = 'high-performance', software = false, precision = 'auto' } = options;
  const devices = device ? borrowedDevice(device) : ownDevices({ powerPreference, software });
  const precisionOn = (session: Session, exact: boolean | undefined): Precision => {
    if (precision !== 'auto') return precision;
    return !exact && session.device.features.has('shader-f16') ? 'float16' : 'float32';
  };
  return {
    kind: 'runtime',
    name: 'webgpu',
    description: "Atrous' own engine on the GPU through WebGPU",
    async available() {
      try {
        return { available: true, detail: describeAdapter(await devices.adapterInfo()) };
      } catch (error) {
        return refusal(error);
      }
    },
    async compile(graph, weights, compileOptions = {}) {
      compileOptions.signal?.throwIfAborted();
      const network = prepare({ graph, weights }, compileOptions);
      const session = await devices.current();
      return compileNetwork(network, session, precisionOn(session, compileOptions.exact), compileOptions);
    },
    dispose: () => devices.dispose(),
    [Symbol.dispose]: () => devices.dispose(),
  };
}
