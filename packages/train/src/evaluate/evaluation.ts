import type { LongRunningOptions } from '@atrous/core';
import type { TrainableNetwork } from '@atrous/runtime-tfjs';

/** How well a network labels a set of images. */
export interface Evaluation {
  /** Mean over the classes in truth or prediction, 0 … 1. */
  readonly meanIou: number;
  /** Share of labelled pixels that are right, 0 … 1. */
  readonly pixelAccuracy: number;
  /** By class id, 0 … 1; `null` for classes in neither truth nor prediction. */
  readonly classIou: readonly (number | null)[];
  /** Ids of the classes that were predicted at labelled pixels. */
  readonly predicted: readonly number[];
  /** Ids of the classes in the truth. */
  readonly truth: readonly number[];
}

/** Scores a network as it stands. */
export type Evaluator = (network: TrainableNetwork, options?: LongRunningOptions) => Promise<Evaluation>;
