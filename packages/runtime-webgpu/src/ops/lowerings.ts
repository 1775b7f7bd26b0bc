import { argMax, resizeArgMax, softmax } from './classes.ts';
import { conv2d } from './conv2d.ts';
import { depthwiseConv2d } from './depthwise-conv2d.ts';
import { interpolateTaps } from './interpolate-taps.ts';
import { concat, depthToSpace, pad } from './layout.ts';
import type { LoweringTable } from './lowering.ts';
import { activation, add, batchNorm, dropout, maximum, multiply } from './pointwise.ts';
import { adaptiveAvgPool, avgPool, globalAvgPool, maxPool } from './pooling.ts';
import { resizeBilinear } from './resize-bilinear.ts';

/** How every op of the closed set is computed. */
export const lowerings = {
  activation,
  adaptiveAvgPool,
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
  maxPool,
  maximum,
  multiply,
  pad,
  resizeArgMax,
  resizeBilinear,
  softmax,
} satisfies LoweringTable;
