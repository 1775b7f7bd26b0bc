import type { Json, LongRunningOptions, Weights } from '@atrous/core';
import type { TrainableNetwork } from '@atrous/runtime-tfjs';
import type { TrainingCheckpoint } from '../checkpoint/training-checkpoint.ts';
import type { Evaluation, Evaluator } from '../evaluate/evaluation.ts';
import type { LossTerms } from '../losses/loss-terms.ts';
import type { Optimizer } from '../optimizers/optimizer.ts';
import type { DecayedParameters, ParameterGroup } from '../optimizers/parameter-groups.ts';
import type { TrainedParameter } from '../parameters.ts';
import type { Schedule } from '../schedules.ts';
import type { BatchSource } from './batch-source.ts';

/** How batch normalisations are trained. */
export interface BatchNormOptions {
  /**
   * `trained`: they normalise by the statistics of the batch and move those for inference. `frozen`: by those for inference, which stay.
   * Default `trained`. A batch normalisation whose gamma and beta are frozen keeps its statistics too.
   */
  readonly statistics?: 'trained' | 'frozen' | undefined;
  /** Share of the old statistics that is kept: TensorFlow's decay, 1 less PyTorch's momentum. Default: what each node says. */
  readonly decay?: number | undefined;
  /** Default `n-1`, as PyTorch and TensorFlow's fused op. */
  readonly divisor?: 'n-1' | 'n' | undefined;
}

/** What a step was like. */
export interface StepReport {
  /** Steps done, this one included. */
  readonly step: number;
  readonly loss: number;
  /** Learning rate, before the factors of groups. */
  readonly rate: number;
  /** Global norm of the gradients before they were clipped; only when they are. */
  readonly gradientNorm: number | undefined;
}

/** Options of {@link train}. */
export interface TrainOptions extends LongRunningOptions {
  /** Its parameters are changed. The caller disposes it. */
  readonly network: TrainableNetwork;
  readonly batches: BatchSource;
  readonly loss: LossTerms;
  readonly optimizer: Optimizer;
  readonly schedule: Schedule;
  /** Steps in all, those before a resumed checkpoint included. */
  readonly steps: number;
  /** What dropout draws from. Batches have their own. Default 0. */
  readonly seed?: number | undefined;
  /** Parameters with other rates and decays. The first that matches counts. */
  readonly groups?: readonly ParameterGroup[] | undefined;
  /** Default `filters`. */
  readonly decayed?: DecayedParameters | undefined;
  /** Parameters that stay as they are. */
  readonly freeze?: ((parameter: TrainedParameter) => boolean) | undefined;
  readonly batchNorm?: BatchNormOptions | undefined;
  /** Largest global norm of the gradients. Default: not clipped. */
  readonly clipNorm?: number | undefined;
  /** Batches whose gradients are averaged before each step: step `s` takes batches `s · accumulate` and following. Default 1. */
  readonly accumulate?: number | undefined;
  /**
   * Share that a moving average of the weights keeps at each step, for example 0.999; it starts lower, as `(1 + step) / (10 + step)`.
   * Evaluations and the result are of the average then. Default: none.
   */
  readonly averageDecay?: number | undefined;
  /**
   * Names of nodes whose values are kept for the way back, for example {@link blockOutputs}; the others are computed again, which saves memory.
   * Default: all that it reads.
   */
  readonly keep?: ReadonlySet<string> | undefined;
  /** Scores the network every so many steps, and at the end. */
  readonly evaluate?: { readonly every: number; readonly run: Evaluator } | undefined;
  /** Saves a checkpoint every so many steps, at the end, and when the run is aborted. */
  readonly checkpoint?:
    { readonly every: number; readonly save: (checkpoint: TrainingCheckpoint) => Promise<void> } | undefined;
  /** Where to go on. */
  readonly resume?: TrainingCheckpoint | undefined;
  /** What must be the same for a run to go on, for example its configuration. Default `null`. */
  readonly config?: Json | undefined;
  readonly onStep?: ((report: StepReport) => void) | undefined;
  /** Awaited, so that `weights` (the average, when there is one) can be stored, for example as the best so far. */
  readonly onEvaluation?:
    ((evaluation: Evaluation, step: number, weights: () => Promise<Weights>) => Promise<void> | void) | undefined;
}

/** What a run leads to. */
export interface TrainResult {
  /** The last weights, or their moving average when there is one. */
  readonly weights: Weights;
  /** Loss of the last step; `undefined` when there was none left to do. */
  readonly loss: number | undefined;
  /** The last evaluation of this call. */
  readonly evaluation: Evaluation | undefined;
}
