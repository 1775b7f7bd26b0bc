import {
  checkChoice,
  checkCount,
  checkPositive,
  checkShare,
  convBlock,
  separableBlock,
  type NormOptions,
} from '@atrous/atrous-ops';
import { cornerRules, defineHead, ShapeError, type CornerRule, type GraphBuilder, type Node } from '@atrous/core';
import { featureOf } from './feature-of.ts';

/** Options of {@link decoder}. The defaults are the paper's and Google's. */
export interface DecoderOptions extends NormOptions {
  /** Level of the low-level features. Google reads `c2Expanded` of MobileNetV2, the PyTorch ports `c2`. */
  readonly lowLevel: string;
  /** Channels that the low-level features are reduced to, so that they do not outweigh the context. */
  readonly lowLevelChannels: number;
  /** Channels of the 3×3 convolutions. */
  readonly channels: number;
  /** Number of 3×3 convolutions; VainF's port has one. */
  readonly depth: number;
  /** Depthwise separable 3×3 convolutions. */
  readonly separable: boolean;
  /** Normalisation and ReLU after the depthwise half of separable convolutions too; VainF's have none there. */
  readonly depthwiseNorm: boolean;
  /** Which comes first in the concatenation; VainF's port: `lowLevel`. */
  readonly concatFirst: 'context' | 'lowLevel';
  /** Corner rule of the enlargement of the context. */
  readonly corners: CornerRule;
  /** A bias besides the normalisation (bubbliiiing). */
  readonly useBias: boolean;
  /** Shares dropped after each 3×3 convolution while training; 0 where absent. */
  readonly dropout: readonly number[];
}

function checkOptions({ lowLevelChannels, channels, depth, epsilon, ...options }: DecoderOptions): void {
  checkCount('lowLevelChannels', lowLevelChannels);
  checkCount('channels', channels);
  checkCount('depth', depth);
  checkPositive('epsilon', epsilon);
  checkChoice('concatFirst', options.concatFirst, ['context', 'lowLevel']);
  checkChoice('corners', options.corners, cornerRules);
  for (const share of options.dropout) checkShare('dropout', share);
  if (options.dropout.length > depth)
    throw new ShapeError(`dropout has ${options.dropout.length} shares for ${depth} convolutions`, { code: 'OPTION' });
  checkChoice('norm', options.norm, ['batch', 'folded']);
}

function refine(builder: GraphBuilder, merged: Node, options: DecoderOptions): Node {
  const { channels: filters, depth, separable, depthwiseNorm, norm, epsilon, useBias, dropout } = options;
  const conv3x3 = separable ? separableBlock : convBlock;
  let x = merged;
  for (let i = 0; i < depth; i++) {
    x = conv3x3(builder, x, { name: `conv${i}`, filters, kernel: 3, depthwiseNorm, norm, epsilon, useBias });
    const rate = dropout[i] ?? 0;
    if (rate > 0) x = builder.dropout(x, { name: `dropout${i}`, rate });
  }
  return x;
}

/**
 * The decoder of DeepLab v3+: context, enlarged to a quarter of the image, beside low-level features, then 3×3 convolutions.
 *
 * Reads the feature `context` (the result of a context module such as `aspp`) and `lowLevel`; gives `[n, h, w, channels]` at the stride of `lowLevel`.
 *
 * @see Chen et al. 2018, "Encoder-Decoder with Atrous Separable Convolution", §3.2 and §4.1, arXiv:1802.02611
 */
export const decoder = defineHead({
  name: 'decoder',
  description: 'Decoder with low-level features (DeepLab v3+)',
  defaults: {
    lowLevel: 'c2',
    lowLevelChannels: 48,
    channels: 256,
    depth: 2,
    separable: false,
    depthwiseNorm: true,
    concatFirst: 'context',
    corners: 'alignCorners',
    useBias: false,
    dropout: [],
    norm: 'batch',
    epsilon: 1e-5,
  },
  build(builder, features, _image, options: DecoderOptions) {
    checkOptions(options);
    const { lowLevelChannels: filters, norm, epsilon, useBias, corners, concatFirst } = options;
    const context = featureOf(features, 'context', 'decoder').node;
    const fine = featureOf(features, options.lowLevel, 'decoder').node;
    const lowLevel = convBlock(builder, fine, {
      name: 'low_level_projection',
      filters,
      kernel: 1,
      norm,
      epsilon,
      useBias,
    });
    const enlarged = builder.resizeBilinear(context, { name: 'enlarge', corners, like: lowLevel });
    const merged = concatFirst === 'context' ? [enlarged, lowLevel] : [lowLevel, enlarged];
    return refine(builder, builder.concat(merged, { name: 'concat' }), options);
  },
});
