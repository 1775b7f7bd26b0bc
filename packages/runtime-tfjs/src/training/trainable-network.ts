import type { Graph, MemoryUse, Weights } from '@atrous/core';
import type { DeviceTensor, Tensor4D } from '../kernel.ts';

/** Statistics of one batch at one batch normalisation. */
export interface BatchStatistics {
  /** `[c]`. */
  readonly mean: DeviceTensor;
  /** `[c]`, divided by `count`. */
  readonly variance: DeviceTensor;
  /** Number of values that each was made of. */
  readonly count: number;
}

/** How a network is run for training. */
export interface ForwardOptions {
  /**
   * Names of batch normalisations that normalise by the statistics of the batch; the others use their moving statistics.
   * Default: none, as at inference.
   */
  readonly batchStatistics?: ReadonlySet<string> | undefined;
  /** Keys of the random stream that dropout draws from; without them nothing is dropped. */
  readonly dropoutKeys?: readonly (number | string)[] | undefined;
  /**
   * Names of the parameters, or of inputs of the graph, whose gradients {@link ForwardPass.backward} will give. Nothing is kept for others.
   * Moving statistics are constants: their gradients are zero. Default: none.
   */
  readonly trainable?: ReadonlySet<string> | undefined;
  /**
   * Names of nodes whose values are kept for the way back; what lies between is computed again there. Default: every node that the way
   * back reads.
   */
  readonly keep?: ReadonlySet<string> | undefined;
}

/** One run of a network that can be gone back. Must be disposed. */
export interface ForwardPass {
  /** Tensors by output name. Owned by the pass. */
  readonly outputs: Readonly<Record<string, Tensor4D>>;
  /** By name of the batch normalisation, for those in {@link ForwardOptions.batchStatistics}. Owned by the pass. */
  readonly statistics: ReadonlyMap<string, BatchStatistics>;
  /**
   * Gradients of a scalar by name of the parameter or input, for those in {@link ForwardOptions.trainable}; a parameter that it does not depend on has zeros.
   * Can be called once. The caller owns the result.
   *
   * @param gradients the scalar's gradients by output name, each of its output's shape; an output that is left out does not count.
   */
  backward(gradients: Readonly<Record<string, Tensor4D>>): Map<string, DeviceTensor>;
  dispose(): void;
}

/**
 * A network on a device whose parameters can change.
 *
 * TensorFlow.js has one engine per process: everything but {@link use}, `memory` and `dispose` must be called inside `use`.
 */
export interface TrainableNetwork {
  readonly graph: Graph;
  /** Parameters on the device, by name. Owned by the network; replaced by {@link assign}. */
  readonly parameters: ReadonlyMap<string, DeviceTensor>;
  /** Runs `work` while no other call of this package uses the engine, with this network's backend as the current one. */
  use<T>(work: () => Promise<T>, signal?: AbortSignal): Promise<T>;
  /** @param inputs `[n, h, w, c]` by input name; the caller keeps them alive until the pass is disposed. */
  forward(inputs: Readonly<Record<string, Tensor4D>>, options?: ForwardOptions): ForwardPass;
  /** Replaces parameters. The network owns the new tensors and disposes the old ones. */
  assign(values: ReadonlyMap<string, DeviceTensor>): void;
  /** The same parameters in another graph that has them, for example at another output stride. It owns nothing. */
  withGraph(graph: Graph): TrainableNetwork;
  /** Copies of all parameters in host memory. */
  download(): Promise<Weights>;
  memory(): MemoryUse;
  dispose(): void;
  [Symbol.dispose](): void;
}
