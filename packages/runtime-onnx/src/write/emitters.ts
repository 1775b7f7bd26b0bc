import type { OpKind } from '@atrous/core';
import { activation } from './emit/activation.ts';
import { add, maximum, multiply } from './emit/arithmetic.ts';
import { argMax, batchNorm, concat, dropout, softmax } from './emit/channels.ts';
import { conv2d, depthwiseConv2d } from './emit/convolution.ts';
import { interpolateTaps } from './emit/interpolate-taps.ts';
import { depthToSpace, pad } from './emit/layout.ts';
import { adaptiveAvgPool, avgPool, globalAvgPool, maxPool } from './emit/pooling.ts';
import { resizeArgMax, resizeBilinear } from './emit/resize-bilinear.ts';
import type { Emitter } from './emitter.ts';

/** Kinds that ONNX has operators for: all but the image itself, and ops that plugins define. */
export type EmittedKind = Exclude<OpKind, 'input' | 'custom'>;

/** How every op kind is written. */
export const emitters = {
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
} satisfies { readonly [K in EmittedKind]: Emitter<K> };
