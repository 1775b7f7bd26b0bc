import type { Preprocessing } from '@atrous/core';

/** Images from which the mean and the standard deviation of ImageNet's pixels are taken away. */
export const imageNet = (fit: Preprocessing['fit'], upsample: Preprocessing['upsample']): Preprocessing => ({
  channelOrder: 'rgb',
  mean: [123.675, 116.28, 103.53],
  std: [58.395, 57.12, 57.375],
  fit,
  upsample,
  enlarge: 'bilinear',
});
