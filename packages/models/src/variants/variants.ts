import { deeplabV1Variants } from './deeplab-v1.ts';
import { deeplabV2Variants } from './deeplab-v2.ts';
import { deeplabV3Variants } from './deeplab-v3.ts';
import { dilationVariants } from './dilation.ts';
import type { Variant } from './variant.ts';

/** Networks of the papers, in their order. Those with published weights are `presets`. */
export const variants: readonly Variant[] = [
  ...deeplabV1Variants,
  ...dilationVariants,
  ...deeplabV2Variants,
  ...deeplabV3Variants,
];
