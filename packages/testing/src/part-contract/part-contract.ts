import type { OpDefinition } from '@atrous/core';

/** What a backbone or head is held to by `testBackbone` and `testHead`. */
export interface PartContract<Options> {
  /** Sets of options to test besides the defaults. */
  readonly options?: readonly Partial<Options>[];
  /** Output strides that it has to reach. Default 8, 16 and 32. */
  readonly outputStrides?: readonly number[];
  /** Definitions of its own ops. */
  readonly ops?: readonly OpDefinition[];
  /** Heights and widths of images that it has to take. Default: odd, even, wide and tall ones. */
  readonly imageSizes?: readonly (readonly [height: number, width: number])[];
}

export const OUTPUT_STRIDES: readonly number[] = [8, 16, 32];

export const IMAGE_SIZES: NonNullable<PartContract<unknown>['imageSizes']> = [
  [65, 97],
  [64, 96],
  [130, 71],
  [97, 64],
];
