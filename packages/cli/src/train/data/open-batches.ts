import type { Preprocessing } from '@atrous/core';
import { createBatches, type Color, type Dataset } from '@atrous/data';
import type { BatchSource } from '@atrous/train';
import type { TrainConfig } from '../config/config-schema.ts';
import { augmentationOf } from './augmentation-of.ts';

/** Label of what lies outside of pictures, where the data has no ignore label. */
const OUTSIDE = 255;

/** The colour that the network sees as nothing. */
function meanColor({ mean, channelOrder }: Preprocessing): Color {
  const [first, second, third] = mean;
  return channelOrder === 'rgb' ? [first, second, third] : [third, second, first];
}

/** Augmented pictures in batches. What a step sees follows from seed and step alone. */
export function openBatches(dataset: Dataset, config: TrainConfig, preprocessing: Preprocessing): BatchSource {
  const { cropSize: size, batchSize, seed } = config;
  const { ignoreLabel = OUTSIDE } = dataset.labels;
  return createBatches({
    dataset: { ...dataset, labels: { ...dataset.labels, ignoreLabel } },
    normalisation: preprocessing,
    transform: augmentationOf(config, { size, fill: meanColor(preprocessing), ignoreLabel }),
    batchSize,
    seed,
  });
}
