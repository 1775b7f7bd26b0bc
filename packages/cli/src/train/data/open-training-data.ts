import { streetDataset, type Dataset } from '@atrous/data';
import { unknownName } from '../../errors.ts';
import type { TrainConfig } from '../config/config-schema.ts';

/** Pictures to learn from and to score on. */
export interface TrainingData {
  readonly training: Dataset;
  readonly validation: Dataset | undefined;
}

function open(data: TrainConfig['data']): Dataset {
  if (typeof data === 'object' && 'count' in data) return streetDataset(data);
  throw unknownName('data kind', typeof data === 'string' ? data : data.kind, ['street']);
}

/**
 * Opens the data of a configuration.
 *
 * @throws UsageError when no data set has its kind.
 */
export const openTrainingData = ({ data, validation }: TrainConfig): TrainingData => ({
  training: open(data),
  validation: validation === undefined ? undefined : open(validation),
});
