import type { KernelTable } from './kernel.ts';
import { activation } from './kernels/activation.ts';
import { argMax } from './kernels/arg-max.ts';
import { add, maximum, multiply } from './kernels/arithmetic.ts';
import { batchNorm, dropout } from './kernels/batch-norm.ts';
import { conv2d, depthwiseConv2d } from './kernels/convolution.ts';
import { concat, depthToSpace, pad } from './kernels/layout.ts';
import { adaptiveAvgPool, avgPool, globalAvgPool, maxPool } from './kernels/pooling.ts';
import { resizeBilinear } from './kernels/resize-bilinear.ts';
import { interpolateTaps } from './kernels/interpolate-taps.ts';
import { resizeArgMax } from './kernels/resize-arg-max.ts';
import { softmax } from './kernels/softmax.ts';

/** The definition of every op of the closed set, in float64. */
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
