import { activations } from './families/activations.ts';
import { batchNorm } from './families/batch-norm.ts';
import { conv2d, depthwiseConv2d, separableConv2d } from './families/convolution.ts';
import { imagePooling } from './families/image-pooling.ts';
import { labelDownsample } from './families/label-downsample.ts';
import { losses } from './families/losses.ts';
import { pixelShuffle } from './families/pixel-shuffle.ts';
import { pool } from './families/pool.ts';
import { resizeBilinear } from './families/resize-bilinear.ts';
import type { OpFamily } from './op-family.ts';

/** Op families of the goldens that can be run, by the name in their files. */
export const families: Readonly<Record<string, OpFamily>> = {
  activations,
  batch_norm: batchNorm,
  conv2d,
  depthwise_conv2d: depthwiseConv2d,
  image_pooling: imagePooling,
  label_downsample: labelDownsample,
  losses,
  pixel_shuffle: pixelShuffle,
  pool,
  resize_bilinear: resizeBilinear,
  separable_conv2d: separableConv2d,
};
