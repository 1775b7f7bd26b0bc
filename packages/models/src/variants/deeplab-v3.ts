import type { Json } from '@atrous/core';
import type { Variant } from './variant.ts';

type Options = Readonly<Record<string, Json>>;

/** Google's ResNet: a stem of three 3×3 convolutions, strides at the end of blocks. */
const beta = (depth: number): Options => ({
  name: 'resnet',
  depth,
  stem: '3x3',
  pool: 'same',
  strideAt: 'last3x3',
  multiGrid: [1, 2, 4],
});

const network = (name: string, description: string, config: Options): Variant => ({
  name,
  description,
  model: { name: 'deeplab-v3', config: { numClasses: 21, outputStride: 16, ...config } },
});

/** "Rethinking Atrous Convolution for Semantic Image Segmentation", arXiv:1706.05587, and networks that take its context module. */
export const deeplabV3Variants: readonly Variant[] = [
  network('deeplab-v3-resnet50', 'DeepLab v3: ResNet-50, multi-grid 1, 2, 4 (Chen et al. 2017)', {
    backbone: beta(50),
  }),
  network('deeplab-v3-resnet101', 'DeepLab v3: ResNet-101, multi-grid 1, 2, 4 (Chen et al. 2017)', {
    backbone: beta(101),
  }),
  network('deeplab-v3-resnet101-cityscapes', 'DeepLab v3 for Cityscapes, output stride 8 (Chen et al. 2017, §4.4)', {
    backbone: beta(101),
    numClasses: 19,
    outputStride: 8,
  }),
  network('pspnet-resnet50', 'Pyramid pooling upon a dilated ResNet-50 (Zhao et al. 2017)', {
    backbone: { name: 'resnet', depth: 50, stem: '3x3' },
    head: 'pyramid-pooling',
    outputStride: 8,
  }),
];
