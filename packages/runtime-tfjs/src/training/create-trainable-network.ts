import {
  BackendError,
  parametersOf,
  ShapeError,
  WeightsError,
  type Graph,
  type OpDefinition,
  type Tensor,
  type Weights,
} from '@atrous/core';
import { keep } from '@tensorflow/tfjs-core';
import { deviceLost, toBackendError } from '../backend-error.ts';
import { chooseBackend, withEngine } from '../engine-queue.ts';
import { download } from '../host-tensors.ts';
import type { DeviceTensor, Tensor4D } from '../kernel.ts';
import { createPlanner } from '../plan.ts';
import type { TfjsBackend } from '../tfjs-backend.ts';
import { createForwardPass } from './forward-pass.ts';
import type { ForwardOptions, TrainableNetwork } from './trainable-network.ts';
import type { TrainingKernels } from './training-kernels.ts';
import { unfuseActivations } from './unfuse-activations.ts';

/** What {@link createTrainableNetwork} is made of. */
export interface TrainableParts {
  readonly backend: TfjsBackend;
  readonly kernels: TrainingKernels;
  readonly graph: Graph;
  /** On the device. The network takes them over. */
  readonly params: ReadonlyMap<string, DeviceTensor>;
  readonly ops: readonly OpDefinition[];
  /** Whether the backend was started anew since, without these parameters. */
  readonly isStale: () => boolean;
}

const show = (shape: readonly (number | null)[]): string => `[${shape.map((extent) => extent ?? '?').join(', ')}]`;

/** Parameters that several graphs share. */
class Parameters {
  readonly byName: Map<string, DeviceTensor>;
  readonly #parts: TrainableParts;
  #disposed = false;

  constructor(parts: TrainableParts) {
    this.byName = new Map([...parts.params].map(([name, param]) => [name, keep(param)]));
    this.#parts = parts;
  }

  /** @throws BackendError when they are gone. */
  check(): void {
    const { backend, isStale } = this.#parts;
    if (this.#disposed)
      throw new BackendError('this network was disposed', { code: 'DISPOSED', hint: 'make it trainable again' });
    const lost = backend.lost?.() ?? (isStale() ? 'it was started anew since' : undefined);
    if (lost !== undefined) throw deviceLost(backend.name, lost);
  }

  assign(values: ReadonlyMap<string, DeviceTensor>): void {
    for (const [name, value] of values) {
      const old = this.byName.get(name);
      if (old === undefined) throw new WeightsError(`the network has no parameter "${name}"`);
      if (old.shape.join() !== value.shape.join())
        throw new WeightsError(`parameter "${name}" is ${show(old.shape)}, not ${show(value.shape)}`);
    }
    for (const [name, value] of values) {
      const old = this.byName.get(name);
      this.byName.set(name, keep(value));
      if (old !== value) old?.dispose();
    }
  }

  dispose(): void {
    if (!this.#disposed) this.byName.forEach((param) => param.dispose());
    this.byName.clear();
    this.#disposed = true;
  }
}

function checkInputTensors(graph: Graph, inputs: Readonly<Record<string, Tensor4D>>): Map<string, Tensor4D> {
  const nodes = graph.nodes.filter(({ kind }) => kind === 'input');
  return new Map(
    nodes.map(({ name, shape }) => {
      const given = inputs[name];
      if (given === undefined)
        throw new ShapeError(`the network's input "${name}" was not given`, { code: 'INPUT_MISSING' });
      const fits =
        given.rank === 4 && shape.every((extent, axis) => (extent ?? given.shape[axis]) === given.shape[axis]);
      if (!fits)
        throw new ShapeError(`input "${name}" is ${show(given.shape)}, the network needs ${show(shape)}`, {
          code: 'INPUT_SHAPE',
        });
      return [name, given];
    }),
  );
}

function checkNames(graph: Graph, params: ReadonlyMap<string, DeviceTensor>, options: ForwardOptions): void {
  const nodes = new Set(graph.nodes.map(({ name }) => name));
  for (const name of options.trainable ?? [])
    if (!params.has(name) && !nodes.has(name))
      throw new WeightsError(`the network has no parameter "${name}" to train`);
  for (const name of [...(options.batchStatistics ?? []), ...(options.keep ?? [])])
    if (!nodes.has(name)) throw new ShapeError(`the network has no node "${name}"`);
}

function checkSharing(graph: Graph, params: ReadonlyMap<string, DeviceTensor>): void {
  for (const [name, { shape }] of parametersOf(graph))
    if (params.get(name)?.shape.join() !== shape.join())
      throw new WeightsError(`the other graph has a parameter "${name}" ${show(shape)}, which this network has not`);
}

async function readAll(params: ReadonlyMap<string, DeviceTensor>): Promise<Weights> {
  const weights = new Map<string, Tensor>();
  for (const [name, param] of params) weights.set(name, await download(param));
  return weights;
}

function useEngine<T>(
  { backend }: TrainableParts,
  parameters: Parameters,
  work: () => Promise<T>,
  signal: AbortSignal | undefined,
): Promise<T> {
  const checkDevice = (): void => {
    const error = backend.takeError?.();
    if (error) throw toBackendError(error, backend.name, 'training');
  };
  return withEngine(async () => {
    parameters.check();
    await chooseBackend(backend.tfjsName);
    backend.takeError?.();
    try {
      const result = await work();
      parameters.check();
      return result;
    } finally {
      checkDevice();
    }
  }, signal);
}

function createView(parts: TrainableParts, graph: Graph, parameters: Parameters, owned: boolean): TrainableNetwork {
  const { backend, kernels, ops } = parts;
  const { byName: params } = parameters;
  const unfused = unfuseActivations(graph);
  const plan = createPlanner(unfused, ops);
  const dispose = (): void => {
    if (owned) parameters.dispose();
  };
  return {
    graph,
    parameters: params,
    use: (work, signal) => useEngine(parts, parameters, work, signal),
    forward(inputs, options = {}) {
      parameters.check();
      checkNames(unfused, params, options);
      const nodes = plan(checkInputTensors(graph, inputs));
      return createForwardPass({ graph: { ...unfused, nodes }, inputs, options, params, backend, kernels, ops });
    },
    assign(values) {
      parameters.check();
      parameters.assign(values);
    },
    withGraph(other) {
      checkSharing(other, params);
      return createView(parts, other, parameters, false);
    },
    async download() {
      parameters.check();
      return readAll(params);
    },
    memory: () => ({
      tensors: params.size,
      bytes: [...params.values()].reduce((sum, { size }) => sum + size * Float32Array.BYTES_PER_ELEMENT, 0),
    }),
    dispose,
    [Symbol.dispose]: dispose,
  };
}

/** The network over parameters that are on the device. It owns them. */
export const createTrainableNetwork = (parts: TrainableParts): TrainableNetwork =>
  createView(parts, parts.graph, new Parameters(parts), true);
