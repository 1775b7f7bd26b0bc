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
  /** Coarser levels to merge before, coarsest first, each in a stage like that of `lowLevel` (the paper's Conv2 with Conv3). None: one stage. */
  readonly coarserLevels: readonly string[];
  /** Channels that the low-level features are reduced to, so that they do not outweigh the context. */
  readonly lowLevelChannels: number;
  /** Channels of the convolutions after each merge. */
  readonly channels: number;
  /** Number of convolutions after each merge; VainF's port has one. */
  readonly depth: number;
  /** Kernel of these convolutions; `1x1` is a row of the paper's ablation. */
  readonly kernel: '3x3' | '1x1';
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
  checkChoice('kernel', options.kernel, ['3x3', '1x1']);
  if (options.kernel === '1x1' && options.separable)
    throw new ShapeError('a 1×1 convolution cannot be separable: kernel is "1x1"', { code: 'OPTION' });
  checkChoice('concatFirst', options.concatFirst, ['context', 'lowLevel']);
  checkChoice('corners', options.corners, cornerRules);
  for (const share of options.dropout) checkShare('dropout', share);
  if (options.dropout.length > depth)
    throw new ShapeError(`dropout has ${options.dropout.length} shares for ${depth} convolutions`, { code: 'OPTION' });
  checkChoice('norm', options.norm, ['batch', 'folded']);
}

function refine(builder: GraphBuilder, merged: Node, options: DecoderOptions): Node {
  const { channels: filters, depth, separable, depthwiseNorm, norm, epsilon, useBias, dropout } = options;
  const convolve = separable ? separableBlock : convBlock;
  const kernel = options.kernel === '1x1' ? 1 : 3;
  let x = merged;
  for (let i = 0; i < depth; i++) {
    x = convolve(builder, x, { name: `conv${i}`, filters, kernel, depthwiseNorm, norm, epsilon, useBias });
    const rate = dropout[i] ?? 0;
    if (rate > 0) x = builder.dropout(x, { name: `dropout${i}`, rate });
  }
  return x;
}

function stage(builder: GraphBuilder, context: Node, fine: Node, options: DecoderOptions): Node {
  const { lowLevelChannels: filters, norm, epsilon, useBias, corners, concatFirst } = options;
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
}

/**
 * The decoder of DeepLab v3+: context, enlarged to a quarter of the image, beside low-level features, then 3×3 convolutions. With coarser
 * levels it takes several such steps.
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
    coarserLevels: [],
    lowLevelChannels: 48,
    channels: 256,
    depth: 2,
    kernel: '3x3',
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
    const levelOf = (level: string): Node => featureOf(features, level, 'decoder').node;
    const coarse = options.coarserLevels.reduce(
      (context, level) => stage(builder.scope(level), context, levelOf(level), options),
      levelOf('context'),
    );
    return stage(builder, coarse, levelOf(options.lowLevel), options);
  },
});
