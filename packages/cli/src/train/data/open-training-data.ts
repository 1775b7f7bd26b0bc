import type { Dataset, DatasetSpec } from '@atrous/data/node';
import type { Context } from '../../context.ts';
import { openData, resolveData } from '../../data-source/open-data.ts';
import type { TrainConfig } from '../config/config-schema.ts';

/** Pictures to learn from and to score on. */
export interface TrainingData {
  readonly training: Dataset;
  /** What `training` was opened with, so that other threads can open it too. */
  readonly trainingSpec: DatasetSpec;
  readonly validation: Dataset | undefined;
}

/**
 * Opens the data of a configuration: the split `train` to learn from and `val` to score on, unless it names others.
 *
 * @throws DataError when folders or files are missing.
 */
export async function openTrainingData(context: Context, { data, validation }: TrainConfig): Promise<TrainingData> {
  const trainingSpec = await resolveData(context, data, 'train');
  const training = await openData(context, trainingSpec);
  if (validation === undefined) return { training, trainingSpec, validation };
  const { labels } = training;
  return { training, trainingSpec, validation: await openData(context, validation, { split: 'val', labels }) };
}
