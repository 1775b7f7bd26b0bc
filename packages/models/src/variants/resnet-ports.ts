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
  mmsegV3(50),
  mmsegV3(101),
  mmsegV3Plus(50),
  mmsegV3Plus(101),
];
