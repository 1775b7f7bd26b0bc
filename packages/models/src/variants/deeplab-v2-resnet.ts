import type { Json } from '@atrous/core';
import type { Variant } from './variant.ts';

type Options = Readonly<Record<string, Json>>;

const caffeResnet: Options = { name: 'resnet', depth: 101, pool: 'ceil', strideAt: 'first1x1' };

const aspp: Options = { name: 'aspp-sum', hiddenChannels: 0, dropout: 0 };

const IMAGE_SCALES = [0.5, 0.75];

const network = (
  name: string,
  description: string,
  { model = 'deeplab-v2', ...config }: Options & { readonly model?: string },
): Variant => ({
  name,
  description,
  model: { name: model, config: { backbone: caffeResnet, head: aspp, numClasses: 21, outputStride: 8, ...config } },
});

const PAPER = '(Chen et al. 2016)';

/** No context module: a 1×1 classifier upon the backbone. */
const plain = { model: 'deeplab-v1', head: 'pass-through' } as const;

/** Rows of Tables 4, 6, 7 and 8 of "DeepLab: Semantic Image Segmentation with Deep Convolutional Nets, Atrous Convolution, and Fully Connected CRFs", arXiv:1606.00915. */
export const deeplabV2ResnetVariants: readonly Variant[] = [
  network('deeplab-v1-resnet101', 'ResNet-101 at output stride 8 and a classifier (kazuto1011)', plain),
  network('deeplab-v2-largefov-resnet101', `DeepLab-LargeFOV: ResNet-101, rate 12 ${PAPER}`, {
    head: { ...aspp, atrousRates: [12] },
  }),
  network('deeplab-v2-resnet101', `DeepLab: ResNet-101, ASPP with rates 6, 12, 18, 24 ${PAPER}`, {}),
  network('deeplab-v2-msc-resnet101', `DeepLab: ResNet-101, ASPP, the largest score of three scales ${PAPER}`, {
    imageScales: IMAGE_SCALES,
  }),
  network('deeplab-v2-msc-resnet101-pascal-context', `The same for PASCAL-Context ${PAPER}`, {
    imageScales: IMAGE_SCALES,
    numClasses: 60,
  }),
  network('deeplab-v2-msc-resnet101-person-part', `For PASCAL-Person-Part, where ASPP does not help ${PAPER}`, {
    ...plain,
    imageScales: IMAGE_SCALES,
    numClasses: 7,
  }),
  network('deeplab-v2-resnet101-cityscapes', `DeepLab: ResNet-101, ASPP, for Cityscapes ${PAPER}`, { numClasses: 19 }),
  network('deeplab-v2-msc-resnet101-coco-stuff', 'DeepLab: ResNet-101, ASPP, three scales, COCO-Stuff (kazuto1011)', {
    imageScales: IMAGE_SCALES,
    numClasses: 182,
  }),
];
