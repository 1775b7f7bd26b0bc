import type { Json } from '@atrous/core';
import { googleResnet } from './google-resnet.ts';
import { vainfXception } from './vainf-xception.ts';
import type { Variant } from './variant.ts';

type Options = Readonly<Record<string, Json>>;

const network = (name: string, description: string, config: Options): Variant => ({
  name,
  description,
  model: { name: 'deeplab-v3-plus', config: { numClasses: 21, outputStride: 16, ...config } },
});

const xception = (layers: number): Options => ({ name: 'xception', layers });

/** Google's Xception networks: every 3×3 convolution is separable. */
const separable = (layers: number, head: Options = {}): Options => ({
  backbone: xception(layers),
  head: { name: 'aspp', separable: true, ...head },
  decoder: { name: 'decoder', lowLevel: 'c2Inner', separable: true },
});

/** The paper's best networks for Cityscapes have no image-level features. */
const cityscapes = (layers: number): Options => ({
  ...separable(layers, { imagePooling: 'none' }),
  numClasses: 19,
});

/** Rows of "Encoder-Decoder with Atrous Separable Convolution for Semantic Image Segmentation", arXiv:1802.02611, and their descendants. */
export const deeplabV3PlusVariants: readonly Variant[] = [
  network('deeplab-v3-plus-resnet50', 'DeepLab v3+: ResNet-50', {
    backbone: googleResnet(50),
    decoder: { name: 'decoder', lowLevel: 'c2Residual' },
  }),
  network('deeplab-v3-plus-resnet101', 'DeepLab v3+: ResNet-101 (Chen et al. 2018, Table 3)', {
    backbone: googleResnet(101),
    decoder: { name: 'decoder', lowLevel: 'c2Residual' },
  }),
  network(
    'deeplab-v3-plus-xception65-dense',
    'DeepLab v3+: Xception-65, dense ASPP and decoder (Chen et al. 2018, Table 5)',
    {
      backbone: xception(65),
      decoder: { name: 'decoder', lowLevel: 'c2Inner' },
    },
  ),
  network('deeplab-v3-plus-xception41', 'DeepLab v3+: Xception-41, separable (tensorflow/models)', separable(41)),
  network(
    'deeplab-v3-plus-xception65',
    'DeepLab v3+: Xception-65, separable (Chen et al. 2018, Table 5)',
    separable(65),
  ),
  network('deeplab-v3-plus-xception71', 'DeepLab v3+: Xception-71, separable (tensorflow/models)', separable(71)),
  network(
    'deeplab-v3-plus-xception65-cityscapes',
    'DeepLab v3+ for Cityscapes: Xception-65, no image pooling (Chen et al. 2018, Table 7)',
    cityscapes(65),
  ),
  network(
    'deeplab-v3-plus-xception71-cityscapes',
    'DeepLab v3+ for Cityscapes: Xception-71, no image pooling (Chen et al. 2018, Table 7)',
    cityscapes(71),
  ),
  network(
    'deeplab-v3-plus-xception71-dpc-cityscapes',
    'Xception-71 with the dense prediction cell found for Cityscapes (Chen et al. 2018, arXiv:1809.04184)',
    { ...separable(71), head: 'dense-prediction-cell', numClasses: 19 },
  ),
  network('deeplab-v3-plus-xception65-ade20k', 'DeepLab v3+ for ADE20K: Xception-65 (tensorflow/models)', {
    ...separable(65),
    numClasses: 151,
  }),
  network('deeplab-v3-plus-mobilenetv2-ade20k', 'DeepLab v3+ for ADE20K: MobileNetV2, light head (tensorflow/models)', {
    backbone: 'mobilenet-v2',
    head: { name: 'aspp', atrousRates: [] },
    decoder: { name: 'decoder', lowLevel: 'c2Expanded', separable: true },
    numClasses: 151,
  }),
  network('deeplab-v3-plus-xception65-jfzhang95', 'DeepLab v3+: Xception-65 of jfzhang95/pytorch-deeplab-xception', {
    backbone: {
      ...xception(65),
      rectifiedSkips: 'all',
      exitBlockEnd: 'dense',
      exitDepthwiseRelu: false,
      epsilon: 1e-5,
    },
    head: { name: 'aspp', imagePooling: 'last', dropout: 0.5 },
    decoder: { name: 'decoder', dropout: [0.5, 0.1] },
  }),
  network('deeplab-v3-plus-xception-vainf', 'DeepLab v3+: Xception with max pooling of VainF/DeepLabV3Plus-Pytorch', {
    backbone: vainfXception,
    head: { name: 'aspp', imagePooling: 'last' },
    decoder: { name: 'decoder', depth: 1, concatFirst: 'lowLevel', corners: 'halfPixel' },
  }),
];
