import type { GradientTable } from './gradient.ts';
import { batchNorm } from './gradients/batch-norm.ts';
import { softmax } from './gradients/channels.ts';
import { conv2d, depthwiseConv2d } from './gradients/convolution.ts';
import { activation, add, dropout, maximum, multiply } from './gradients/elementwise.ts';
import { concat, depthToSpace, pad } from './gradients/layout.ts';
import { adaptiveAvgPool, avgPool, globalAvgPool, maxPool } from './gradients/pooling.ts';
import { resizeBilinear } from './gradients/resize-bilinear.ts';

/** The way back through every op of the closed set. */
export const gradients = {
  activation,
  adaptiveAvgPool,
  add,
  avgPool,
  batchNorm,
  concat,
  conv2d,
  depthToSpace,
  depthwiseConv2d,
  dropout,
  globalAvgPool,
  maxPool,
  maximum,
  multiply,
  pad,
  resizeBilinear,
  softmax,
} satisfies GradientTable;
