import type { OpKind } from '@atrous/core';
import { activation } from './emit/activation.ts';
import { add, maximum, multiply } from './emit/arithmetic.ts';
import { argMax, batchNorm, concat, dropout, softmax } from './emit/channels.ts';
import { conv2d, depthwiseConv2d } from './emit/convolution.ts';
import { depthToSpace, pad } from './emit/layout.ts';
import { adaptiveAvgPool, avgPool, globalAvgPool, maxPool } from './emit/pooling.ts';
import { resizeBilinear } from './emit/resize-bilinear.ts';
import type { Emitter } from './emitter.ts';

/** How every op kind is written. Kinds that are not here are refused by name. */
export const emitters: { readonly [K in OpKind]?: Emitter<K> } = {
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
};
