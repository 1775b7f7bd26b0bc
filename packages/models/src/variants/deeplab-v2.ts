import type { Variant } from './variant.ts';

const network = (name: string, description: string, atrousRates: readonly number[]): Variant => ({
  name,
  description: `${description} (Chen et al. 2016)`,
  model: {
    name: 'deeplab-v2',
    config: { backbone: 'vgg16', head: { name: 'aspp-sum', atrousRates }, numClasses: 21, outputStride: 8 },
  },
});

/** Rows of Table 3 of "DeepLab: Semantic Image Segmentation with Deep Convolutional Nets, Atrous Convolution, and Fully Connected CRFs", arXiv:1606.00915. */
export const deeplabV2Variants: readonly Variant[] = [
  {
    name: 'deeplab-v2-largefov-vgg16',
    description: 'DeepLab-LargeFOV: the network of the first paper, rate 12 (Chen et al. 2016)',
    model: {
      name: 'deeplab-v1',
      config: { backbone: 'vgg16', head: 'large-fov', numClasses: 21, outputStride: 8 },
    },
  },
  network('deeplab-v2-aspp-s-vgg16', 'DeepLab ASPP-S: VGG-16, rates 2, 4, 8, 12', [2, 4, 8, 12]),
  network('deeplab-v2-aspp-l-vgg16', 'DeepLab ASPP-L: VGG-16, rates 6, 12, 18, 24', [6, 12, 18, 24]),
];
