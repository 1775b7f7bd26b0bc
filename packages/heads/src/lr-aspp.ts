import { checkChoice, checkCount, checkPositive, convBlock, type NormOptions } from '@atrous/atrous-ops';
import { defineHead } from '@atrous/core';
import { featureOf } from './feature-of.ts';

/** Options of {@link lrAspp}. The defaults are torchvision's. */
export interface LrAsppOptions extends NormOptions {
  /** Level of the backbone's features to read. */
  readonly input: string;
  /** Channels of the result. */
  readonly channels: number;
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
  defaults: { input: 'c5', channels: 128, norm: 'batch', epsilon: 1e-5 },
  build(builder, features, _image, { input, channels: filters, norm, epsilon }: LrAsppOptions) {
    checkCount('channels', filters);
    checkPositive('epsilon', epsilon);
    checkChoice('norm', norm, ['batch', 'folded']);
    const { node: x } = featureOf(features, input, 'lr-aspp');
    const local = convBlock(builder, x, { name: 'context', filters, kernel: 1, norm, epsilon });
    const mean = builder.globalAvgPool(x, { name: 'gate/mean' });
    const scores = builder.conv2d(mean, { name: 'gate', filters, kernel: 1 });
    return builder.multiply(local, builder.activation(scores, 'sigmoid', { name: 'gate/sigmoid' }), { name: 'scale' });
  },
});
