import type { Preprocessing } from '@atrous/core';
import type { TrainConfig } from '../config/config-schema.ts';

/** What networks are given whose backbone comes from PyTorch or MXNet: mean and deviation of ImageNet's pixels, pictures as they are. */
const IMAGENET: Preprocessing = {
  channelOrder: 'rgb',
  mean: [123.675, 116.28, 103.53],
  std: [58.395, 57.12, 57.375],
  fit: { mode: 'multiple', of: 1, plus: 0 },
  upsample: 'alignCorners',
  enlarge: 'bilinear',
};

/** How a run's pictures are prepared: as the network's published weights want them, else by ImageNet, with what the configuration replaces. */
export const preprocessingOf = (known: Preprocessing | undefined, { preprocessing }: TrainConfig): Preprocessing =>
  ({ ...(known ?? IMAGENET), ...preprocessing }) as Preprocessing;
