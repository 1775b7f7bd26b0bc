import { checkChoice, checkCount, checkPositive, checkShare, convBlock, type NormOptions } from '@atrous/atrous-ops';
import { defineHead } from '@atrous/core';
import { featureOf } from './feature-of.ts';

/** Options of {@link fcn}. The defaults are torchvision's on ResNet-50 and deeper. */
export interface FcnOptions extends NormOptions {
  /** Level of the backbone's features to read; torchvision's auxiliary head reads `c4`. */
  readonly input: string;
  /** Channels of the convolution; torchvision: a quarter of those of `input`. */
  readonly channels: number;
  /** Share dropped afterwards while training. */
  readonly dropout: number;
}

/**
 * The plainest head: one 3×3 block before the classifier. It is torchvision's FCN, and its auxiliary head.
 *
 * Reads `[n, h, w, c]`, gives `[n, h, w, channels]`.
 *
 * @see Long et al. 2015, "Fully Convolutional Networks for Semantic Segmentation", §3, arXiv:1411.4038
 */
export const fcn = defineHead({
  name: 'fcn',
  description: 'One 3×3 convolution (fully convolutional network, auxiliary head)',
  defaults: { input: 'c5', channels: 512, dropout: 0.1, norm: 'batch', epsilon: 1e-5 },
  build(builder, features, _image, { input, channels, dropout, norm, epsilon }: FcnOptions) {
    checkCount('channels', channels);
    checkShare('dropout', dropout);
    checkPositive('epsilon', epsilon);
    checkChoice('norm', norm, ['batch', 'folded']);
    const { node } = featureOf(features, input, 'fcn');
    const x = convBlock(builder, node, { name: 'conv', filters: channels, kernel: 3, norm, epsilon });
    return dropout > 0 ? builder.dropout(x, { name: 'dropout', rate: dropout }) : x;
  },
});
