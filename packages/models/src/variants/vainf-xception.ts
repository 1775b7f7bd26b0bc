import type { Json } from '@atrous/core';

/** Xception of VainF/DeepLabV3Plus-Pytorch. */
export const vainfXception: Readonly<Record<string, Json>> = {
  name: 'xception-classic',
  padStem: false,
  atrousFrom: 'sameBlock',
  exitPadding: 'one',
  exitNorm: false,
  epsilon: 1e-5,
};
