import type { Json } from '@atrous/core';
import type { Variant } from './variant.ts';

const network = (
  name: string,
  description: string,
  model: 'deeplab-v3' | 'deeplab-v3-plus',
  config: Readonly<Record<string, Json>>,
): Variant => ({
  name: `${name}-deeplab2`,
  description: `${description}, Cityscapes, as google-research/deeplab2 has it`,
  model: { name: model, config: { ...config, numClasses: 19, outputStride: 16 } },
});

const resnet50: Json = { name: 'resnet', depth: 50, pool: 'same' };

/** One more 3×3 convolution after the projection. */
const refined: Json = { name: 'aspp', imagePooling: 'last', refine: true };

/** Google's second toolbox, in TensorFlow 2: dense ASPP, and a separable decoder. */
export const deeplab2Variants: readonly Variant[] = [
  network('deeplab-v3-resnet50', 'DeepLab v3, ResNet-50', 'deeplab-v3', { backbone: resnet50, head: refined }),
  network('deeplab-v3-mobilenetv3', 'DeepLab v3, MobileNetV3-large', 'deeplab-v3', {
    backbone: { name: 'mobilenet-v3', padding: 'same' },
    head: refined,
  }),
  network('deeplab-v3-plus-resnet50', 'DeepLab v3+, ResNet-50', 'deeplab-v3-plus', {
    backbone: resnet50,
    head: { name: 'aspp', imagePooling: 'last' },
    decoder: { name: 'decoder', separable: true },
  }),
];
