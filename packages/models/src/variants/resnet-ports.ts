import type { Json } from '@atrous/core';
import type { Variant } from './variant.ts';

type Config = Readonly<Record<string, Json>>;

/** The head beside them, for training. */
const auxiliary: Config = { name: 'fcn', input: 'c4', channels: 256 };

const fullyConvolutional = (depth: 50 | 101): Variant => ({
  name: `fcn-resnet${depth}`,
  description: `Fully convolutional network: ResNet-${depth} at output stride 8 (torchvision)`,
  model: {
    name: 'deeplab-v3',
    config: { backbone: { name: 'resnet', depth }, head: 'fcn', auxiliary, numClasses: 21, outputStride: 8 },
  },
});

const torchvision = (depth: 50 | 101): Variant => ({
  name: `deeplab-v3-resnet${depth}-torchvision`,
  description: `DeepLab v3, ResNet-${depth}, classes of PASCAL VOC, as torchvision has it`,
  model: {
    name: 'deeplab-v3',
    config: {
      backbone: { name: 'resnet', depth },
      head: { name: 'aspp', imagePooling: 'last', refine: true, dropout: 0.5 },
      auxiliary,
      numClasses: 21,
      outputStride: 8,
    },
  },
});

const kazutoConfig: Config = {
  backbone: { name: 'resnet', depth: 101, pool: 'ceil', strideAt: 'first1x1', multiGrid: [1, 2, 4] },
  head: { name: 'aspp', imagePooling: 'last', dropout: 0 },
  numClasses: 21,
  outputStride: 16,
};

const kazutoV3: Variant = {
  name: 'deeplab-v3-resnet101-kazuto1011',
  description: 'DeepLab v3, ResNet-101 of Caffe, as kazuto1011/deeplab-pytorch has it',
  model: { name: 'deeplab-v3', config: kazutoConfig },
};

const kazutoV3Plus: Variant = {
  name: 'deeplab-v3-plus-resnet101-kazuto1011',
  description: 'DeepLab v3+, ResNet-101 of Caffe, as kazuto1011/deeplab-pytorch has it',
  model: { name: 'deeplab-v3-plus', config: { ...kazutoConfig, decoder: { name: 'decoder', corners: 'halfPixel' } } },
};

const mmsegConfig = (depth: 50 | 101, head: Config): Config => ({
  backbone: { name: 'resnet', depth, stem: '3x3Narrow' },
  head: { name: 'aspp', channels: 512, projection: '3x3', ...head },
  auxiliary,
  numClasses: 19,
  outputStride: 8,
});

const mmsegV3 = (depth: 50 | 101): Variant => ({
  name: `deeplab-v3-resnet${depth}-mmseg`,
  description: `DeepLab v3, ResNet-${depth}, Cityscapes, as MMSegmentation has it`,
  model: { name: 'deeplab-v3', config: mmsegConfig(depth, {}) },
});

const mmsegV3Plus = (depth: 50 | 101): Variant => ({
  name: `deeplab-v3-plus-resnet${depth}-mmseg`,
  description: `DeepLab v3+, ResNet-${depth}, Cityscapes, as MMSegmentation has it`,
  model: {
    name: 'deeplab-v3-plus',
    config: {
      ...mmsegConfig(depth, { separable: true, dropout: 0 }),
      decoder: { name: 'decoder', channels: 512, separable: true, corners: 'halfPixel', dropout: [0, 0.1] },
    },
  },
});

/** Networks of PyTorch collections that differ from the papers'. */
export const resnetPortVariants: readonly Variant[] = [
  fullyConvolutional(50),
  fullyConvolutional(101),
  torchvision(50),
  torchvision(101),
  kazutoV3,
  kazutoV3Plus,
  mmsegV3(50),
  mmsegV3(101),
  mmsegV3Plus(50),
  mmsegV3Plus(101),
];
