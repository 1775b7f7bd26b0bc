import type { Json, Weights } from '@atrous/core';

/** A score of a run. */
export interface EvaluationRecord {
  /** Steps done before it. */
  readonly step: number;
  /** 0 … 1. */
  readonly meanIou: number;
}

/**
 * Everything that a run needs to go on as if it had never stopped. Schedule, data and random numbers follow from step and seed.
 */
export interface TrainingCheckpoint {
  /** Steps done. */
  readonly step: number;
  readonly seed: number;
  /** What the caller wants to be the same when the run goes on. */
  readonly config: Json;
  /** Name of the optimiser. */
  readonly optimizer: string;
  readonly weights: Weights;
  /** The optimiser's tensors, `slot/parameter`. */
  readonly slots: Weights;
  /** Moving averages of the weights, when the run has them. */
  readonly average: Weights | undefined;
  /** Scores so far, the oldest first. */
  readonly evaluations: readonly EvaluationRecord[];
}
