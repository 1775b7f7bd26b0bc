import { checkChoice, checkCount, checkShare, convRelu, nominalRate } from '@atrous/atrous-ops';
import { defineHead, type GraphBuilder, type Node } from '@atrous/core';
import { featureOf } from './feature-of.ts';

/** Options of {@link largeFov}. The defaults are DeepLab-LargeFOV. */
export interface LargeFovOptions {
  /** Level of the backbone's features to read. */
  readonly input: string;
  /** Size of fc6: 7 as in VGG-16, or what was left of it by taking a part of its weights: 4 or 3. */
  readonly kernel: number;
  /** Rate of fc6 at output stride 8: 12 with 3×3, 4 or 8 with 4×4, 4 with 7×7. */
  readonly atrousRate: number;
  /** Channels of fc6 and fc7: 1024, or 4096 as in VGG-16. */
  readonly channels: number;
  /** A 3×3 average pool before fc6, of nine positions at borders too (LargeFOV only). */
  readonly averagePool: boolean;
  /** Border of fc6; `valid` in Yu and Koltun's front end. */
  readonly padding: 'symmetric' | 'valid';
  /** Share dropped after fc6 and fc7 while training. */
  readonly dropout: number;
}

function checkOptions({ kernel, atrousRate, channels, padding, dropout }: LargeFovOptions): void {
  checkCount('kernel', kernel);
  checkCount('atrousRate', atrousRate);
  checkCount('channels', channels);
  checkChoice('padding', padding, ['symmetric', 'valid']);
  checkShare('dropout', dropout);
}

const drop = (builder: GraphBuilder, x: Node, name: string, rate: number): Node =>
  rate > 0 ? builder.dropout(x, { name: `${name}/dropout`, rate }) : x;

/**
 * The fully connected layers of VGG-16 as convolutions: fc6 with holes, fc7 of 1×1.
 *
 * Reads `[n, h, w, c]` at the output stride, gives `[n, h, w, channels]` (smaller by `atrousRate · (kernel − 1)` when `valid`).
 *
 * @see Chen et al. 2014, "Semantic Image Segmentation with Deep Convolutional Nets and Fully Connected CRFs", §3.1 and Table 2, arXiv:1412.7062
 */
export const largeFov = defineHead({
  name: 'large-fov',
  description: 'fc6 with holes and fc7 of VGG-16 (DeepLab v1)',
  defaults: {
    input: 'c5',
    kernel: 3,
    atrousRate: 12,
    channels: 1024,
    averagePool: true,
    padding: 'symmetric',
    dropout: 0.5,
  },
  build(builder, features, _image, options: LargeFovOptions) {
    checkOptions(options);
    const { kernel, atrousRate, channels: filters, averagePool, padding, dropout } = options;
    const { node, nominalStride } = featureOf(features, options.input, 'large-fov');
    const x = averagePool
      ? builder.avgPool(node, { name: 'pool5a', kernel: 3, padding: 'symmetric', countPadding: true })
      : node;
    const fc6 = convRelu(builder, x, {
      name: 'fc6',
      filters,
      kernel,
      atrousRate: nominalRate(atrousRate, 8, nominalStride),
      nominal: true,
      padding,
    });
    const fc7 = convRelu(builder, drop(builder, fc6, 'fc6', dropout), { name: 'fc7', filters, kernel: 1 });
    return drop(builder, fc7, 'fc7', dropout);
  },
});
