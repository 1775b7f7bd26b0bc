import type { LabelMap, Preprocessing } from '@atrous/core';
import { openBatches, type Color, type DatasetSpec, type DisposableBatches } from '@atrous/data/node';
import type { TrainConfig } from '../config/config-schema.ts';
import { augmentationOf } from './augmentation-of.ts';

/** Label of what lies outside of pictures, where the data has no ignore label. */
const OUTSIDE = 255;

/** The colour that the network sees as nothing. */
function meanColor({ mean, channelOrder }: Preprocessing): Color {
  const [first, second, third] = mean;
  return channelOrder === 'rgb' ? [first, second, third] : [third, second, first];
}

/** What the batches of a run are made of. */
export interface BatchSourceOptions {
  readonly config: TrainConfig;
  readonly labels: LabelMap;
  readonly trainingSpec: DatasetSpec;
  readonly preprocessing: Preprocessing;
}

/**
 * Augmented pictures in batches, prepared in the configuration's workers. What a step sees follows from seed and step alone.
 *
 * @throws DataError when the data set cannot be opened.
 */
export function openTrainingBatches(options: BatchSourceOptions): Promise<DisposableBatches> {
  const { config, labels, trainingSpec: dataset, preprocessing } = options;
  const { cropSize: size, batchSize, seed, workers } = config;
  const { ignoreLabel = OUTSIDE } = labels;
  const { channelOrder, mean, std } = preprocessing;
  const crop = { size, fill: meanColor(preprocessing), ignoreLabel };
  return openBatches(
    {
      dataset,
      labels: { ...labels, ignoreLabel },
      normalisation: { channelOrder, mean, std },
      transforms: augmentationOf(config, crop),
      batchSize,
      seed,
    },
    { workers },
  );
}
