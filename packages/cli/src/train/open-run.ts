import type { TrainingCheckpoint } from '@atrous/train';
import { openCheckpointFolder, type CheckpointFolder } from '@atrous/train/node';
import { UsageError } from '../errors.ts';
import { writeOutput } from '../files/write-output.ts';
import { checkSameConfig } from './config/resumable-config.ts';
import type { PreparedRun } from './prepare-run.ts';
import type { RunFolder } from './run-folder.ts';

/** Checkpoints of a run, and the one it goes on from. */
export interface OpenedRun {
  readonly checkpoints: CheckpointFolder;
  readonly resume: TrainingCheckpoint | undefined;
}

/**
 * Makes the folder of a run with its full configuration in it, or finds where the run in it stopped.
 *
 * @throws UsageError when a run is to go on that has no checkpoint, or began with another configuration.
 * @throws TrainingError when the last checkpoint is damaged.
 */
export async function openRun(
  { config }: PreparedRun,
  folder: RunFolder,
  isResumed: boolean,
  signal: AbortSignal,
): Promise<OpenedRun> {
  const checkpoints = await openCheckpointFolder(folder.checkpoints, { keep: config.keepCheckpoints });
  const resume = isResumed ? await checkpoints.latest() : undefined;
  if (isResumed && resume === undefined)
    throw new UsageError(`${folder.path} has no checkpoint to go on from`, 'start the run without --resume');
  if (resume !== undefined) checkSameConfig(resume.config, config);
  await writeOutput(folder.config, `${JSON.stringify(config, undefined, 2)}\n`, signal);
  return { checkpoints, resume };
}
