import { checkChoice, checkPositive, convBlock, scaleWidth, type NormOptions } from '@atrous/atrous-ops';
import { defineBackbone, type Feature, type GraphBuilder, type Node } from '@atrous/core';

/** Options of {@link vgg16}. The defaults are DeepLab's. */
export interface Vgg16Options extends NormOptions {
  /** Network's width: every number of channels is multiplied by it and rounded to a multiple of 8. Any positive number. */
  readonly depthMultiplier: number;
  /**
   * Windows of the pools, and what becomes of the last two where they lose their stride. `overlapping`: 3×3, they stay (DeepLab as released).
   * `plain`: 2×2 as in VGG-16, they stay (DeepLab's paper). `firstThree`: 2×2, they go (Yu and Koltun).
   */
  readonly pools: 'overlapping' | 'plain' | 'firstThree';
  /** `valid`: no convolution is padded, and the image brings a border of 186 pixels instead (Yu and Koltun). */
  readonly padding: 'symmetric' | 'valid';
}

/** Channels and number of convolutions between pools. */
const STAGES = [
  [64, 2],
  [128, 2],
  [256, 3],
  [512, 3],
  [512, 3],
] as const;

function pool(builder: GraphBuilder, x: Node, stage: number, pools: Vgg16Options['pools']): Node {
  const shared = { name: `pool${stage}`, stride: 2, nominal: true } as const;
  if (pools === 'overlapping')
    return builder.maxPool(x, { ...shared, kernel: 3, padding: 'symmetric', rounding: 'ceil' });
  if (pools === 'plain') return builder.maxPool(x, { ...shared, kernel: 2, padding: 'same' });
  return builder.maxPool(x, { ...shared, kernel: 2, padding: 'valid', rounding: 'ceil', goesWithStride: true });
}

/**
 * The convolutions and pools of VGG-16, to which a head adds the layers that once were fully connected. Without batch normalisation, as
 * published; with `norm: 'batch'` torchvision's `vgg16_bn`, which keeps the biases.
 *
 * Features: `c1` … `c5`, after each pool (64, 128, 256, 512 and 512 channels). At output stride 8, the last two pools keep the map's size and
 * the convolutions of the last stage have rate 2: the "hole algorithm". Pools round sizes up, as Caffe does.
 *
 * @see Simonyan and Zisserman 2014, "Very Deep Convolutional Networks", Table 1 (D), arXiv:1409.1556
 * @see Chen et al. 2014, "Semantic Image Segmentation with Deep Convolutional Nets and Fully Connected CRFs", §3.1, arXiv:1412.7062
 * @see Yu and Koltun 2015, "Multi-Scale Context Aggregation by Dilated Convolutions", §4, arXiv:1511.07122
 */
export const vgg16 = defineBackbone({
  name: 'vgg16',
  description: 'VGG-16 without its fully connected layers',
  defaults: { depthMultiplier: 1, pools: 'overlapping', padding: 'symmetric', norm: 'folded', epsilon: 1e-5 },
  build(builder, image, { depthMultiplier, pools, padding, norm, epsilon }: Vgg16Options) {
    checkPositive('depthMultiplier', depthMultiplier);
    checkChoice('pools', pools, ['overlapping', 'plain', 'firstThree']);
    checkChoice('padding', padding, ['symmetric', 'valid']);
    checkChoice('norm', norm, ['batch', 'folded']);
    const unit = { kernel: 3, padding, nominal: true, useBias: true, norm, epsilon } as const;
    const features: Record<string, Feature> = {};
    let x = image;
    for (const [index, [channels, convolutions]] of STAGES.entries()) {
      const stage = index + 1;
      const filters = scaleWidth(channels, depthMultiplier, 8);
      for (let i = 1; i <= convolutions; i++)
        x = convBlock(builder, x, { ...unit, name: `conv${stage}_${i}`, filters });
      x = pool(builder, x, stage, pools);
      features[`c${stage}`] = builder.feature(x);
    }
    return features;
  },
});
