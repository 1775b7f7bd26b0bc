import type { TrainingCheckpoint } from '@atrous/train';
import type { CheckpointFolder } from '@atrous/train/node';
import type { Scores } from '../evaluate/scores.ts';
import type { PreparedRun } from './prepare-run.ts';
import type { RunFolder } from './run-folder.ts';

/** Options of `runTraining`. */
export interface RunTrainingOptions {
  readonly run: PreparedRun;
  readonly folder: RunFolder;
  readonly checkpoints: CheckpointFolder;
  /** Where to go on. */
  readonly resume: TrainingCheckpoint | undefined;
  /** Print and draw nothing. */
  readonly quiet: boolean;
}

/** What a run came to. */
export interface TrainingSummary {
  /** Of the last step; `null` when there was none left to do. */
  readonly loss: number | null;
  /** Of the last weights; `null` without validation data. */
  readonly scores: Scores | null;
  /** The evaluation with the highest mean IoU; `null` without validation data. */
  readonly best: { readonly step: number; readonly meanIou: number } | null;
}
