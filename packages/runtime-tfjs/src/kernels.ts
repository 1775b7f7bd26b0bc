import type { KernelTable } from './kernel.ts';
import { activation } from './kernels/activation.ts';
import { add, batchNorm, dropout, maximum, multiply } from './kernels/arithmetic.ts';
import { argMax, softmax } from './kernels/channels.ts';
import { conv2d, depthwiseConv2d } from './kernels/convolution.ts';
import { concat, depthToSpace, pad } from './kernels/layout.ts';
import { adaptiveAvgPool, avgPool, globalAvgPool, maxPool } from './kernels/pooling.ts';
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
  adaptiveAvgPool,
  maxPool,
  maximum,
  multiply,
  pad,
  resizeBilinear,
  softmax,
} satisfies KernelTable;
