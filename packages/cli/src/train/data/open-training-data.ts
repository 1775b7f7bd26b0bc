import type { Dataset } from '@atrous/data';
import type { Context } from '../../context.ts';
import { openData } from '../../data-source/open-data.ts';
import type { TrainConfig } from '../config/config-schema.ts';

/** Pictures to learn from and to score on. */
export interface TrainingData {
  readonly training: Dataset;
  readonly validation: Dataset | undefined;
}

/**
 * Opens the data of a configuration: the split `train` to learn from and `val` to score on, unless it names others.
 *
 * @throws DataError when folders or files are missing.
 */
export async function openTrainingData(context: Context, { data, validation }: TrainConfig): Promise<TrainingData> {
  const training = await openData(context, data, { split: 'train' });
  if (validation === undefined) return { training, validation };
  return { training, validation: await openData(context, validation, { split: 'val', labels: training.labels }) };
}
