import type { Availability, LongRunningOptions } from '@atrous/core';
import type { Compatibility } from './compatibility.ts';
import type { CrfImage, KernelSpec } from './kernel-spec.ts';

/** What a CRF is stretched over: everything but unaries, labels and weights. */
export interface FieldSpec {
  /** Pixels, at least 1. */
  readonly width: number;
  readonly height: number;
  /** Needed by bilateral kernels; of the same size. */
  readonly image?: CrfImage | undefined;
  readonly kernels: readonly KernelSpec[];
}

/** One inference in a prepared field. */
export interface CrfProblem {
  /** Number of labels, 2 … 256. */
  readonly labels: number;
  /** Energies `[pixels, labels]`, −log of a probability, natural logarithm. The labels of a pixel lie side by side, as in NHWC logits. */
  readonly unary: Float32Array;
  /** One per kernel, in the kernels' order. */
  readonly compatibilities: readonly Compatibility[];
  /** Steps of mean field, at least 0; 0 gives the softmax of the negated unary. */
  readonly iterations: number;
  /**
   * Labels that no pixel gives more than this probability may be kept out of the messages, 0 … 1. 0 keeps all. Engines may ignore it.
   * Default: the engine's.
   */
  readonly tolerance?: number | undefined;
  /** Stops as soon as no marginal changed by more than this in a step. Default 0: all iterations. */
  readonly stopBelow?: number | undefined;
  /** Computes `kl` and `energy`, which costs a filtering more. Default false. */
  readonly diagnostics?: boolean | undefined;
}

/** What mean field arrived at. */
export interface CrfInference {
  /** Q: `[pixels, labels]`, each pixel's sum is 1. */
  readonly marginals: Float32Array;
  /** Steps that were made. */
  readonly iterations: number;
  /**
   * After each step, up to the constant log Z, as pydensecrf's `klDivergence`: Σ Q·log max(Q, 1e-20) + Σ U·Q + Σ over kernels of Σ Q·C(KQ).
   * Only with `diagnostics`.
   */
  readonly kl?: readonly number[] | undefined;
  /** After each step, the expected energy: Σ U·Q + ½ Σ over kernels of Σ Q·C(KQ), each pair counted once. Only with `diagnostics`. */
  readonly energy?: readonly number[] | undefined;
}

/** A field whose kernels are ready: used for any unary, number of labels and weights. */
export interface CrfField {
  /** What it holds now, without results that were handed out. */
  readonly memory: { readonly bytes: number };
  /**
   * Runs mean field. Calls of one field wait for each other.
   *
   * @throws BackendError `DISPOSED` after `dispose`, as do the other calls.
   */
  infer(problem: CrfProblem, options?: LongRunningOptions): Promise<CrfInference>;
  /**
   * One filtering by one kernel with its normalisation, the pixel itself included.
   *
   * @param kernel index among the field's kernels.
   * @param values `[pixels, channels]`.
   * @param transpose filters with the transposed kernel, which gradients need. Default false.
   * @returns `[pixels, channels]`.
   */
  filter(
    kernel: number,
    values: Float32Array,
    channels: number,
    transpose?: boolean,
    options?: LongRunningOptions,
  ): Promise<Float32Array>;
  /**
   * Becomes the field of another picture, as in a video, of other kernels or another size. Kernels that are the same stay as they are:
   * `keptKernels` says which. Aborted in the middle, the field is of no use any more.
   */
  update(field: FieldSpec, options?: LongRunningOptions): Promise<void>;
  /** Frees what it holds. Using it afterwards throws. */
  dispose(): void;
  [Symbol.dispose](): void;
}

/**
 * Runs mean field in some way, on some device. `denseCrf` and `createDenseCrf` check what they are given before they pass it on: engines
 * trust it.
 */
export interface CrfEngine {
  readonly name: 'exact' | 'lattice' | 'webgpu';
  /** Never throws: an engine that cannot work says why and what to do. */
  available(): Promise<Availability>;
  /** Computes everything that depends on image and kernels only. */
  prepare(field: FieldSpec, options?: LongRunningOptions): Promise<CrfField>;
}
