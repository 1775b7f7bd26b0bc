import type { Json } from '@atrous/core';

/** Google's "beta" ResNet: a stem of three 3×3 convolutions, strides at the end of blocks, multi-grid in the last one. */
export const googleResnet = (depth: number): Readonly<Record<string, Json>> => ({
  name: 'resnet',
  depth,
  stem: '3x3',
  pool: 'same',
  strideAt: 'last3x3',
  multiGrid: [1, 2, 4],
});
