import { imageNet } from './image-net.ts';
import type { Preset } from './preset.ts';

/** Any size; pictures of PASCAL VOC have up to 500 pixels a side. */
const vocSize = { mode: 'multiple', of: 1, plus: 0, maxSide: 513 } as const;

const vainf = {
  labels: 'voc2012',
  published: 'https://github.com/VainF/DeepLabV3Plus-Pytorch',
  weightNames: 'vainf',
  license: 'MIT',
};

const vainfV3 = (depth: 50 | 101): Preset => ({
  name: `deeplabv3-resnet${depth}-voc-vainf`,
  description: `DeepLab v3, ResNet-${depth}, PASCAL VOC, of VainF/DeepLabV3Plus-Pytorch`,
  model: {
    name: 'deeplab-v3',
    config: {
      backbone: { name: 'resnet', depth },
      head: { name: 'aspp', imagePooling: 'last', refine: true },
      numClasses: 21,
      outputStride: 16,
    },
  },
  preprocessing: imageNet(vocSize, 'halfPixel'),
  ...vainf,
});

const vainfV3Plus = (depth: 50 | 101): Preset => ({
  name: `deeplabv3plus-resnet${depth}-voc-vainf`,
  description: `DeepLab v3+, ResNet-${depth}, PASCAL VOC, of VainF/DeepLabV3Plus-Pytorch`,
  model: {
    name: 'deeplab-v3-plus',
    config: {
      backbone: { name: 'resnet', depth },
      head: { name: 'aspp', imagePooling: 'last' },
      decoder: { name: 'decoder', depth: 1, concatFirst: 'lowLevel', corners: 'halfPixel' },
      numClasses: 21,
      outputStride: 16,
    },
  },
  preprocessing: imageNet(vocSize, 'halfPixel'),
  ...vainf,
});

/** PyTorch ports with ResNet. */
export const resnetPresets: readonly Preset[] = [
  vainfV3(50),
  vainfV3(101),
  vainfV3Plus(50),
  vainfV3Plus(101),
  {
    name: 'deeplabv3plus-resnet101-voc-jfzhang95',
    description: 'DeepLab v3+, ResNet-101, PASCAL VOC, of jfzhang95/pytorch-deeplab-xception',
    model: {
      name: 'deeplab-v3-plus',
      config: {
        backbone: { name: 'resnet', depth: 101, atrousFrom: 'sameLayer', multiGrid: [1, 2, 4] },
        head: { name: 'aspp', imagePooling: 'last', dropout: 0.5 },
        decoder: { name: 'decoder', dropout: [0.5, 0.1] },
        numClasses: 21,
        outputStride: 16,
      },
    },
    labels: 'voc2012',
    preprocessing: imageNet({ mode: 'multiple', of: 16, plus: 1, maxSide: 513 }, 'alignCorners'),
    published: 'https://github.com/jfzhang95/pytorch-deeplab-xception',
    weightNames: 'jfzhang95',
    license: 'MIT',
  },
];
