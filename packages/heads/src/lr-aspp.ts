import { checkChoice, checkCount, checkPositive, convBlock, meanFeatures, type NormOptions } from '@atrous/atrous-ops';
import { defineHead } from '@atrous/core';
import { featureOf } from './feature-of.ts';
import { poolingWindow, type PoolingOptions } from './pooling-window.ts';

/** Options of {@link lrAspp}. The defaults are torchvision's. */
export interface LrAsppOptions extends NormOptions, PoolingOptions {
  /** Level of the backbone's features to read. */
  readonly input: string;
  /** Channels of the result. */
  readonly channels: number;
  /** What makes a factor between 0 and 1 of each channel's score; Google: `hardSigmoid`. */
  readonly gate: 'sigmoid' | 'hardSigmoid';
  /** Whether the scores have a bias; Google's have. */
  readonly gateBias: boolean;
}

/**
 * Lite reduced atrous spatial pyramid pooling: a 1×1 block, each channel of it scaled by a factor from 0 to 1 that the
 * image-level features decide. No atrous branches.
 *
 * Reads `[n, h, w, c]` at the output stride, gives `[n, h, w, channels]`.
 *
 * @see Howard et al. 2019, "Searching for MobileNetV3", §6.4 and Figure 10, arXiv:1905.02244
 */
export const lrAspp = defineHead({
  name: 'lr-aspp',
  description: 'Lite reduced atrous spatial pyramid pooling: image-level features gate a 1×1 convolution (MobileNetV3)',
  defaults: {
    input: 'c5',
    channels: 128,
    gate: 'sigmoid',
    gateBias: false,
    poolingCrop: [],
    poolingStride: [1, 1],
    norm: 'batch',
    epsilon: 1e-5,
  },
  build(builder, features, _image, options: LrAsppOptions) {
    const { input, channels: filters, gate, norm, epsilon } = options;
    checkCount('channels', filters);
    checkChoice('gate', gate, ['sigmoid', 'hardSigmoid']);
    checkPositive('epsilon', epsilon);
    checkChoice('norm', norm, ['batch', 'folded']);
    const window = poolingWindow(options);
    const { node: x } = featureOf(features, input, 'lr-aspp');
    const local = convBlock(builder, x, { name: 'context', filters, kernel: 1, norm, epsilon });
    const means = meanFeatures(builder, x, 'gate/mean', window);
    const scores = builder.conv2d(means, { name: 'gate', filters, kernel: 1, useBias: options.gateBias });
    const factors = builder.activation(scores, gate, { name: `gate/${gate}` });
    // One factor per channel is spread by the product itself.
    const spread = window
      ? builder.resizeBilinear(factors, { name: 'gate/spread', corners: 'alignCorners', like: x })
      : factors;
    return builder.multiply(local, spread, { name: 'scale' });
  },
});
