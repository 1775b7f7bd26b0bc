import type { Activation, Pads, Pair } from '@atrous/core';
import type { Tensor1D } from '@tensorflow/tfjs-core';
import type { KernelTable, Tensor4D } from '../kernel.ts';

/** `[n, h, w, c]`, or `[kh, kw, in, out]` of filters. */
export type Shape4D = [number, number, number, number];

/** How a convolution's window moves, with its padding worked out. */
export interface ConvolutionGeometry {
  readonly strides: Pair;
  readonly atrousRate: Pair;
  readonly pads: Pads;
}

/** How a pool's window moves. The pads hold what the last window overruns, too. */
export interface PoolGeometry {
  readonly kernel: Pair;
  readonly strides: Pair;
  readonly pads: Pads;
}

/** Output of a batch normalisation by the batch's own statistics. */
export interface NormalizedBatch {
  readonly y: Tensor4D;
  /** `[c]`. */
  readonly mean: Tensor1D;
  /** `[c]`, divided by the number of values. */
  readonly variance: Tensor1D;
}

/** What the way back through a batch normalisation starts from. */
export interface BatchNormGradientCall {
  readonly x: Tensor4D;
  readonly dy: Tensor4D;
  /** `[c]`, like the other parameters and statistics. */
  readonly gamma: Tensor1D;
  readonly beta: Tensor1D;
  readonly mean: Tensor1D;
  readonly variance: Tensor1D;
  readonly epsilon: number;
  /** Whether `mean` and `variance` are those of `x`, and so depend on it. */
  readonly ofBatch: boolean;
  /** Of {@link TrainingKernels.fusedActivations}: what it was followed by, and `dy` is the gradient of. */
  readonly activation: Activation | undefined;
}

/** Gradients of a batch normalisation. */
export interface BatchNormGradients {
  readonly dx: Tensor4D;
  readonly dgamma: Tensor1D;
  readonly dbeta: Tensor1D;
}

/**
 * The computations of training that a backend may have something better for than compositions of inference ops.
 *
 * Pure functions on the current backend, called inside `tidy`: intermediates may be left behind, and an argument is never returned itself.
 */
export interface TrainingKernels {
  /** What runs forwards. */
  readonly ops: KernelTable;
  /** @returns the gradient of a convolution's input, of `inputShape`. */
  readonly conv2dInputGradient: InputGradient;
  /** @returns the gradient of a convolution's filters, of `filterShape`. */
  readonly conv2dFilterGradient: FilterGradient;
  /** The same for depthwise convolutions, filters `[kh, kw, c, multiplier]`. */
  readonly depthwiseInputGradient: InputGradient;
  readonly depthwiseFilterGradient: FilterGradient;
  /** @returns the sum of each channel over images and pixels, `[c]`: the gradient of a bias. */
  readonly channelSums: (dy: Tensor4D) => Tensor1D;
  /** What {@link normalizeBatch} and {@link batchNormGradient} can do in the same pass as the normalisation before it. */
  readonly fusedActivations: ReadonlySet<Activation>;
  /** Normalises by the batch's own mean and variance. */
  readonly normalizeBatch: (
    x: Tensor4D,
    gamma: Tensor1D,
    beta: Tensor1D,
    epsilon: number,
    activation?: Activation,
  ) => NormalizedBatch;
  readonly batchNormGradient: (call: BatchNormGradientCall) => BatchNormGradients;
  /**
   * @param at the function's input for `hardSwish` and `silu`, its output for the others, which leads to the same and needs to be kept anyway.
   */
  readonly activationGradient: (fn: Exclude<Activation, 'linear'>, at: Tensor4D, dy: Tensor4D) => Tensor4D;
  /** The first of equal largest elements of a window, row by row, gets all of its gradient. Sums over windows are rounded once. */
  readonly maxPoolGradient: (x: Tensor4D, y: Tensor4D, dy: Tensor4D, geometry: PoolGeometry) => Tensor4D;
  /**
   * The way back through anything that weighs rows and columns, one after the other: resizes and mean pools.
   *
   * @param dy `[n, h, w, c]`.
   */
  readonly separableGradient: (dy: Tensor4D, rows: AxisWeights, columns: AxisWeights) => Tensor4D;
  /** @returns channels from `begin` on, of `shape`: what an input of a concatenation gets. */
  readonly sliceChannels: (dy: Tensor4D, begin: number, shape: Shape4D) => Tensor4D;
}

/** How much of each pixel of the input a pixel of the output takes, along one axis. */
export interface AxisWeights {
  readonly inExtent: number;
  readonly outExtent: number;
  /** Calls `add` once for every pixel of the input that output pixel `out` reads, or more often, which adds up. */
  readonly each: (out: number, add: (from: number, weight: number) => void) => void;
}

/** Of the gradient `dy` of its output, what a convolution's input gets. */
export type InputGradient = (
  dy: Tensor4D,
  filters: Tensor4D,
  inputShape: Shape4D,
  geometry: ConvolutionGeometry,
) => Tensor4D;

/** Of the gradient `dy` of its output, what a convolution's filters get. */
export type FilterGradient = (
  x: Tensor4D,
  dy: Tensor4D,
  filterShape: Shape4D,
  geometry: ConvolutionGeometry,
) => Tensor4D;
