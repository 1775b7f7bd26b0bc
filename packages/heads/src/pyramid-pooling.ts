import { checkChoice, checkCount, checkPositive, checkShare, convBlock, type NormOptions } from '@atrous/atrous-ops';
import { cornerRules, defineHead, type CornerRule } from '@atrous/core';
import { featureOf } from './feature-of.ts';

/** Options of {@link pyramidPooling}. The defaults are the paper's. */
export interface PyramidPoolingOptions extends NormOptions {
  /** Level of the backbone's features to read. */
  readonly input: string;
  /** Bins per side of each level of the pyramid. Every level has its share of the input's channels. */
  readonly bins: readonly number[];
  /** Channels of the result. */
  readonly channels: number;
  /** Corner rule of the enlargement of the levels. */
  readonly corners: CornerRule;
  /** Share dropped after the 3×3 convolution while training. */
  readonly dropout: number;
}

function checkOptions({ bins, channels, corners, dropout, norm, epsilon }: PyramidPoolingOptions): void {
  checkCount('channels', channels);
  checkCount('levels of bins', bins.length);
  bins.forEach((count) => checkCount('bins', count));
  checkChoice('corners', corners, cornerRules);
  checkShare('dropout', dropout);
  checkChoice('norm', norm, ['batch', 'folded']);
  checkPositive('epsilon', epsilon);
}

/**
 * Pyramid pooling: the features beside their means over grids of several sizes, then a 3×3 convolution. What ASPP is compared with.
 *
 * Reads `[n, h, w, c]` at the output stride, gives `[n, h, w, channels]`.
 *
 * @see Zhao et al. 2017, "Pyramid Scene Parsing Network", §3.2, arXiv:1612.01105
 */
export const pyramidPooling = defineHead({
  name: 'pyramid-pooling',
  description: 'Means over grids of several sizes (PSPNet)',
  defaults: {
    input: 'c5',
    bins: [1, 2, 3, 6],
    channels: 512,
    corners: 'alignCorners',
    dropout: 0.1,
    norm: 'batch',
    epsilon: 1e-5,
  },
  build(builder, features, _image, options: PyramidPoolingOptions) {
    checkOptions(options);
    const { bins, channels, corners, dropout, norm, epsilon } = options;
    const { node: x, channels: inputChannels } = featureOf(features, options.input, 'pyramid-pooling');
    const filters = Math.max(1, Math.floor(inputChannels / bins.length));
    const levels = bins.map((count, i) => {
      const means = builder.adaptiveAvgPool(x, { name: `level${i}/mean`, bins: count });
      const level = convBlock(builder, means, { name: `level${i}`, filters, kernel: 1, norm, epsilon });
      return builder.resizeBilinear(level, { name: `level${i}/enlarge`, corners, like: x });
    });
    const pyramid = builder.concat([x, ...levels], { name: 'concat' });
    const context = convBlock(builder, pyramid, { name: 'fuse', filters: channels, kernel: 3, norm, epsilon });
    return dropout > 0 ? builder.dropout(context, { name: 'dropout', rate: dropout }) : context;
  },
});
