import type { KernelTable } from './kernel.ts';
import { activation } from './kernels/activation.ts';
import { add, batchNorm, dropout, maximum, multiply } from './kernels/arithmetic.ts';
import { argMax, softmax } from './kernels/channels.ts';
import { conv2d, depthwiseConv2d } from './kernels/convolution.ts';
import { concat, depthToSpace, pad } from './kernels/layout.ts';
import { adaptiveAvgPool, avgPool, globalAvgPool, maxPool } from './kernels/pooling.ts';
import { interpolateTaps } from './kernels/interpolate-taps.ts';
import { resizeArgMax } from './kernels/resize-arg-max.ts';
import { resizeBilinear } from './kernels/resize-bilinear.ts';

/** Every op of the closed set, in tfjs ops. */
export const kernels = {
  activation,
  add,
  argMax,
  avgPool,
  batchNorm,
  concat,
  conv2d,
  depthToSpace,
  depthwiseConv2d,
  dropout,
  globalAvgPool,
  interpolateTaps,
  adaptiveAvgPool,
  maxPool,
  maximum,
  multiply,
  pad,
  resizeArgMax,
  resizeBilinear,
  softmax,
} satisfies KernelTable;
