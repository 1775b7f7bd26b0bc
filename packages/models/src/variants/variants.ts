import { deeplab2Variants } from './deeplab2.ts';
import { deeplabV1Variants } from './deeplab-v1.ts';
import { deeplabV2ResnetVariants } from './deeplab-v2-resnet.ts';
import { deeplabV2Variants } from './deeplab-v2.ts';
import { deeplabV3CascadeVariants } from './deeplab-v3-cascade.ts';
import { deeplabV3PlusVariants } from './deeplab-v3-plus.ts';
import { deeplabV3Variants } from './deeplab-v3.ts';
import { dilationVariants } from './dilation.ts';
import { ducVariants } from './duc.ts';
import { googleMobileVariants } from './google-mobile.ts';
import { resnetPortVariants } from './resnet-ports.ts';
import type { Variant } from './variant.ts';

/** Networks of the papers, in their order. Those with published weights are `presets`. */
export const variants: readonly Variant[] = [
  ...deeplabV1Variants,
  ...dilationVariants,
  ...deeplabV2Variants,
  ...deeplabV2ResnetVariants,
  ...ducVariants,
  ...deeplabV3CascadeVariants,
  ...deeplabV3Variants,
  ...deeplabV3PlusVariants,
  ...googleMobileVariants,
  ...resnetPortVariants,
  ...deeplab2Variants,
];
