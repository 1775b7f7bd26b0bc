import {
  checkChoice,
  checkCount,
  checkPositive,
  checkShare,
  convBlock,
  imagePooling,
  nominalRate,
  separableBlock,
  type NormOptions,
} from '@atrous/atrous-ops';
import { defineHead, ShapeError, type Feature, type GraphBuilder, type Node } from '@atrous/core';
import { featureOf } from './feature-of.ts';
import { poolingWindow, type PoolingOptions } from './pooling-window.ts';

/** Options of {@link aspp}. The defaults are the paper's and Google's. */
export interface AsppOptions extends NormOptions, PoolingOptions {
  /** Level of the backbone's features to read. */
  readonly input: string;
  /** Channels of every branch and of the result. */
  readonly channels: number;
  /** Rates of the 3×3 branches at output stride 16; doubled at 8. None: image pooling and 1×1 alone, the head of Google's MobileNetV2 networks. */
  readonly atrousRates: readonly number[];
  /** Place of the image-level features among the branches: `first` (TensorFlow), `last` (PyTorch ports), or `none`. */
  readonly imagePooling: 'first' | 'last' | 'none';
  /** Depthwise separable 3×3 convolutions: of the branches, and of `refine`. */
  readonly separable: boolean;
  /** Normalisation and ReLU after the depthwise half of separable convolutions too; VainF's have none there. */
  readonly depthwiseNorm: boolean;
  /** A bias besides the normalisation (bubbliiiing). */
  readonly useBias: boolean;
  /** Share dropped after the projection while training. */
  readonly dropout: number;
  /** One more 3×3 block after the projection (torchvision's and VainF's DeepLab v3). */
  readonly refine: boolean;
  /** Kernel of the projection; MMSegmentation's is `3x3`. */
  readonly projection: '1x1' | '3x3';
}

function checkOptions({ channels, atrousRates, epsilon, ...options }: AsppOptions): void {
  checkCount('channels', channels);
  for (const rate of atrousRates) checkCount('atrousRates', rate);
  checkPositive('epsilon', epsilon);
  checkChoice('imagePooling', options.imagePooling, ['first', 'last', 'none']);
  if (options.imagePooling === 'none' && options.poolingCrop.length > 0)
    throw new ShapeError('poolingCrop is given, but imagePooling is "none"', { code: 'OPTION' });
  checkShare('dropout', options.dropout);
  checkChoice('projection', options.projection, ['1x1', '3x3']);
  checkChoice('norm', options.norm, ['batch', 'folded']);
}

function branchesOf(builder: GraphBuilder, { node: x, nominalStride }: Feature, options: AsppOptions): readonly Node[] {
  const { channels: filters, norm, epsilon, useBias } = options;
  const shared = { filters, norm, epsilon, useBias };
  const conv3x3 = options.separable ? separableBlock : convBlock;
  const local = [
    convBlock(builder, x, { name: 'aspp0', kernel: 1, ...shared }),
    ...options.atrousRates.map((rate, i) =>
      conv3x3(builder, x, {
        name: `aspp${i + 1}`,
        kernel: 3,
        atrousRate: nominalRate(rate, 16, nominalStride),
        nominal: true,
        depthwiseNorm: options.depthwiseNorm,
        ...shared,
      }),
    ),
  ];
  if (options.imagePooling === 'none') return local;
  const global = imagePooling(builder, x, { name: 'image_pooling', window: poolingWindow(options), ...shared });
  return options.imagePooling === 'first' ? [global, ...local] : [...local, global];
}

/**
 * Atrous spatial pyramid pooling: a 1×1 convolution, 3×3 convolutions at several rates, and image-level features,
 * concatenated and projected.
 *
 * Reads `[n, h, w, c]` at the output stride, gives `[n, h, w, channels]`.
 *
 * @see Chen et al. 2017, "Rethinking Atrous Convolution", §3.3, arXiv:1706.05587
 */
export const aspp = defineHead({
  name: 'aspp',
  description: 'Atrous spatial pyramid pooling with image-level features (DeepLab v3)',
  defaults: {
    input: 'c5',
    channels: 256,
    atrousRates: [6, 12, 18],
    imagePooling: 'first',
    poolingCrop: [],
    poolingStride: [1, 1],
    separable: false,
    depthwiseNorm: true,
    useBias: false,
    dropout: 0.1,
    refine: false,
    projection: '1x1',
    norm: 'batch',
    epsilon: 1e-5,
  },
  build(builder, features, _image, options: AsppOptions) {
    checkOptions(options);
    const { channels: filters, norm, epsilon, useBias, dropout } = options;
    const branches = branchesOf(builder, featureOf(features, options.input, 'aspp'), options);
    const pyramid = branches.length === 1 ? (branches[0] as Node) : builder.concat(branches, { name: 'concat' });
    const projected = convBlock(builder, pyramid, {
      name: 'concat_projection',
      filters,
      kernel: options.projection === '3x3' ? 3 : 1,
      norm,
      epsilon,
      useBias,
    });
    const context = dropout > 0 ? builder.dropout(projected, { name: 'dropout', rate: dropout }) : projected;
    if (!options.refine) return context;
    const conv3x3 = options.separable ? separableBlock : convBlock;
    const { depthwiseNorm } = options;
    return conv3x3(builder, context, { name: 'refine', filters, kernel: 3, depthwiseNorm, norm, epsilon, useBias });
  },
});
