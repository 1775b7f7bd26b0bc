import type { Json } from '@atrous/core';
import type { Variant } from './variant.ts';

type Options = Readonly<Record<string, Json>>;

/** Image pooling and a 1×1 convolution for a head: no atrous branches, no decoder. */
const light = (name: string, description: string, backbone: Options, config: Options = {}): Variant => ({
  name,
  description: `${description} (tensorflow/models)`,
  model: {
    name: 'deeplab-v3',
    config: {
      backbone: { name: 'mobilenet-v2', ...backbone },
      head: { name: 'aspp', atrousRates: [] },
      numClasses: 21,
      outputStride: 16,
      ...config,
    },
  },
});

/** For Cityscapes, trained on crops of 769 × 769. Output stride 32, and 8 where the scores are summed. */
const gated = (size: 'large' | 'small'): Variant => ({
  name: `deeplab-mobilenetv3-${size}-cityscapes`,
  description: `Lite R-ASPP for Cityscapes: MobileNetV3-${size} with half the channels at its end (tensorflow/models)`,
  model: {
    name: 'lite-raspp',
    config: {
      backbone: { name: 'mobilenet-v3', size, padding: 'same', atrousFrom: 'nextLayer', reducedTail: true },
      head: {
        name: 'lr-aspp',
        gate: 'hardSigmoid',
        gateBias: true,
        poolingCrop: [769, 769],
        poolingStride: [4, 5],
      },
      lowLevel: 'c3Expanded',
      corners: 'alignCorners',
      numClasses: 19,
      outputStride: 32,
    },
  },
});

/** Networks for telephones of tensorflow/models, research/deeplab. */
export const googleMobileVariants: readonly Variant[] = [
  light('deeplab-v3-mobilenetv2', 'DeepLab v3: MobileNetV2, light head', {}),
  light('deeplab-v3-mobilenetv2-dm05', 'DeepLab v3: MobileNetV2 of half the width, light head', {
    depthMultiplier: 0.5,
    divisor: 1,
  }),
  light(
    'deeplab-v3-mobilenetv2-cityscapes',
    'DeepLab v3 for Cityscapes: MobileNetV2, light head',
    {},
    { numClasses: 19 },
  ),
  gated('large'),
  gated('small'),
];
