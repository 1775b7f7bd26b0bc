import type { Preprocessing } from '@atrous/core';
import { compose, createBatches, randomCrop, randomFlip, randomScale, type Color, type Dataset } from '@atrous/data';
import type { BatchSource } from '@atrous/train';
import type { TrainConfig } from '../config/config-schema.ts';

/** Label of what lies outside of pictures, where the data has no ignore label. */
const OUTSIDE = 255;

/** The colour that the network sees as nothing. */
function meanColor({ mean, channelOrder }: Preprocessing): Color {
  const [first, second, third] = mean;
  return channelOrder === 'rgb' ? [first, second, third] : [third, second, first];
}

/** Random windows of randomly scaled pictures. What a step sees follows from seed and step alone. */
export function openBatches(dataset: Dataset, config: TrainConfig, preprocessing: Preprocessing): BatchSource {
  const { cropSize: size, augment, batchSize, seed } = config;
  const { ignoreLabel = OUTSIDE } = dataset.labels;
  return createBatches({
    dataset: { ...dataset, labels: { ...dataset.labels, ignoreLabel } },
    normalisation: preprocessing,
    transform: compose(
      randomScale(augment.scale),
      randomCrop({ size, fill: meanColor(preprocessing), ignoreLabel }),
      randomFlip(augment.flip),
    ),
    batchSize,
    seed,
  });
}
