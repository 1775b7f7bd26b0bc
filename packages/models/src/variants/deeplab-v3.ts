import type { Json } from '@atrous/core';
import { googleResnet } from './google-resnet.ts';
import { vainfXception } from './vainf-xception.ts';
import type { Variant } from './variant.ts';

type Options = Readonly<Record<string, Json>>;

const network = (name: string, description: string, config: Options): Variant => ({
  name,
  description,
  model: { name: 'deeplab-v3', config: { numClasses: 21, outputStride: 16, ...config } },
});

/** "Rethinking Atrous Convolution for Semantic Image Segmentation", arXiv:1706.05587, and networks that take its context module. */
export const deeplabV3Variants: readonly Variant[] = [
  network('deeplab-v3-resnet50', 'DeepLab v3: ResNet-50, multi-grid 1, 2, 4 (Chen et al. 2017)', {
    backbone: googleResnet(50),
  }),
  network('deeplab-v3-resnet101', 'DeepLab v3: ResNet-101, multi-grid 1, 2, 4 (Chen et al. 2017)', {
    backbone: googleResnet(101),
  }),
  network('deeplab-v3-resnet101-cityscapes', 'DeepLab v3 for Cityscapes, output stride 8 (Chen et al. 2017, §4.4)', {
    backbone: googleResnet(101),
    numClasses: 19,
    outputStride: 8,
  }),
  network('deeplab-v3-xception-vainf', 'DeepLab v3: Xception with max pooling of VainF/DeepLabV3Plus-Pytorch', {
    backbone: vainfXception,
    head: { name: 'aspp', imagePooling: 'last', refine: true },
  }),
  network('pspnet-resnet50', 'Pyramid pooling upon a dilated ResNet-50 (Zhao et al. 2017)', {
    backbone: { name: 'resnet', depth: 50, stem: '3x3' },
    head: 'pyramid-pooling',
    outputStride: 8,
  }),
];
