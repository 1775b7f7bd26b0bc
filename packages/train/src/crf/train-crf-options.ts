import type { LabelMap, LongRunningOptions } from '@atrous/core';
import type { CrfEngine, CrfImage, WeightedKernel } from '@atrous/crf';
import type { StepReport } from '../loop/train-options.ts';
import type { Loss } from '../losses/loss.ts';
import type { Optimizer } from '../optimizers/optimizer.ts';
import type { Schedule } from '../schedules.ts';

/** A picture, what a network says of it, and the truth. */
export interface CrfExample {
  readonly image: CrfImage;
  /** Energies `[h, w, classes]`, −log of a probability: `energiesFromProbabilities` or `energiesFromLogits` of a network's output. */
  readonly unary: Float32Array;
  /** Class ids `[h, w]`; the label map's ignore label where nothing counts. */
  readonly labels: Uint8Array | Uint16Array | Int32Array;
}

/** Where a run has its examples from. */
export interface CrfExampleSource {
  readonly labels: LabelMap;
  /** The examples of a step, counted from 0; their gradients are averaged. They may have different sizes. */
  batch(step: number, options?: { readonly signal?: AbortSignal | undefined }): Promise<readonly CrfExample[]>;
}

/** A kernel that any picture has. */
export type LearntKernel = Exclude<WeightedKernel, { readonly kind: 'features' }>;

/** Options of {@link trainCrf}. */
export interface TrainCrfOptions extends LongRunningOptions {
  readonly examples: CrfExampleSource;
  /**
   * Kernels and the weights to begin with. A number is learnt as one number, a list as one per label, a matrix as a matrix; standard
   * deviations stay.
   */
  readonly kernels: readonly LearntKernel[];
  /** Computes the filters: `lattice()` of `@atrous/crf/lattice`, or `exact()` for small maps. */
  readonly engine: CrfEngine;
  readonly optimizer: Optimizer;
  readonly schedule: Schedule;
  /** At least 1. */
  readonly steps: number;
  /** Steps of mean field that are learnt through, at least 1. Default 5, as CRF-RNN; it runs 10 afterwards. */
  readonly iterations?: number | undefined;
  /** Of the last step's logits. Default: cross-entropy without the label map's ignore label. */
  readonly loss?: Loss | undefined;
  readonly onStep?: ((report: StepReport) => void) | undefined;
}

/** What was learnt. */
export interface TrainCrfResult {
  /** With their new weights, as `denseCrf` takes them. */
  readonly kernels: readonly LearntKernel[];
  /** At the last step, before its weights changed. */
  readonly loss: number;
}
