import type { Json } from '@atrous/core';
import type { Variant } from './variant.ts';

const network = (name: string, description: string, head: Readonly<Record<string, Json>>, msc = false): Variant => ({
  name,
  description: `${description} (Chen et al. 2014)`,
  model: {
    name: 'deeplab-v1',
    config: {
      backbone: 'vgg16',
      head: { name: 'large-fov', ...head },
      ...(msc && { multiScale: 'multi-scale-features' }),
      numClasses: 21,
      outputStride: 8,
    },
  },
});

const wide = { channels: 4096, averagePool: false };

/** Rows of Tables 1 and 2 of "Semantic Image Segmentation with Deep Convolutional Nets and Fully Connected CRFs", arXiv:1412.7062. */
export const deeplabV1Variants: readonly Variant[] = [
  network('deeplab-v1-vgg16', 'DeepLab: VGG-16, fc6 4×4 at rate 4', { kernel: 4, atrousRate: 4, ...wide }),
  network('deeplab-v1-7x7-vgg16', 'DeepLab-7x7: fc6 7×7 at rate 4', { kernel: 7, atrousRate: 4, ...wide }),
  network('deeplab-v1-4x4-vgg16', 'DeepLab-4x4: fc6 4×4 at rate 8', { kernel: 4, atrousRate: 8, ...wide }),
  network('deeplab-v1-largefov-vgg16', 'DeepLab-LargeFOV: fc6 3×3 at rate 12, 1024 channels', {}),
  network(
    'deeplab-v1-msc-vgg16',
    'DeepLab-MSc: with features of the image and four pools',
    { kernel: 4, atrousRate: 4, ...wide },
    true,
  ),
  network('deeplab-v1-msc-largefov-vgg16', 'DeepLab-MSc-LargeFOV: both', {}, true),
];
