import type { Preprocessing } from '@atrous/core';
import { imageNet } from './image-net.ts';
import type { Preset } from './preset.ts';

const vainfBackbone = { name: 'mobilenet-v2', padding: 'beforeExpansion', padStem: false, epsilon: 1e-5 };

const bubbliiiingHead = { name: 'aspp', imagePooling: 'last', useBias: true, dropout: 0 };

const bubbliiiingPreprocessing: Preprocessing = {
  channelOrder: 'rgb',
  mean: [0, 0, 0],
  std: [255, 255, 255],
  fit: { mode: 'pad', size: [512, 512], value: 128 },
  upsample: 'alignCorners',
  enlarge: 'bilinear',
};

/** Any size; pictures of PASCAL VOC have up to 500 pixels a side. */
const vainfPreprocessing = imageNet({ mode: 'multiple', of: 1, plus: 0, maxSide: 513 }, 'halfPixel');

/** PyTorch ports: the same papers, other borders, orders and corner rules. */
export const portPresets: readonly Preset[] = [
  {
    name: 'deeplabv3plus-mobilenetv2-voc-bubbliiiing',
    description: 'DeepLab v3+, MobileNetV2, PASCAL VOC, of bubbliiiing/deeplabv3-plus-pytorch',
    model: {
      name: 'deeplab-v3-plus',
      config: {
        backbone: { name: 'mobilenet-v2', padding: 'symmetric', epsilon: 1e-5 },
        head: bubbliiiingHead,
        decoder: { name: 'decoder', useBias: true, dropout: [0.5, 0.1] },
        numClasses: 21,
        outputStride: 16,
      },
    },
    labels: 'voc2012',
    preprocessing: bubbliiiingPreprocessing,
    published: 'https://github.com/bubbliiiing/deeplabv3-plus-pytorch',
    weightNames: 'bubbliiiing',
    license: 'MIT',
  },
  {
    name: 'deeplabv3plus-xception-voc-bubbliiiing',
    description: 'DeepLab v3+, Xception-65, PASCAL VOC, of bubbliiiing/deeplabv3-plus-pytorch',
    model: {
      name: 'deeplab-v3-plus',
      config: {
        backbone: { name: 'xception', rectifiedSkips: 'identity', exitStride: 1, epsilon: 1e-5 },
        head: bubbliiiingHead,
        decoder: { name: 'decoder', lowLevel: 'c2Inner', useBias: true, dropout: [0.5, 0.1] },
        numClasses: 21,
        outputStride: 16,
      },
    },
    labels: 'voc2012',
    preprocessing: bubbliiiingPreprocessing,
    published: 'https://github.com/bubbliiiing/deeplabv3-plus-pytorch',
    weightNames: 'bubbliiiing',
    license: 'MIT',
  },
  {
    name: 'deeplabv3plus-mobilenetv2-voc-vainf',
    description: 'DeepLab v3+, MobileNetV2, PASCAL VOC, of VainF/DeepLabV3Plus-Pytorch',
    model: {
      name: 'deeplab-v3-plus',
      config: {
        backbone: vainfBackbone,
        head: { name: 'aspp', imagePooling: 'last' },
        decoder: { name: 'decoder', depth: 1, concatFirst: 'lowLevel', corners: 'halfPixel' },
        numClasses: 21,
        outputStride: 16,
      },
    },
    labels: 'voc2012',
    preprocessing: vainfPreprocessing,
    published: 'https://github.com/VainF/DeepLabV3Plus-Pytorch',
    weightNames: 'vainf',
    license: 'MIT',
  },
  {
    name: 'deeplabv3-mobilenetv2-voc-vainf',
    description: 'DeepLab v3, MobileNetV2, PASCAL VOC, of VainF/DeepLabV3Plus-Pytorch',
    model: {
      name: 'deeplab-v3',
      config: {
        backbone: vainfBackbone,
        head: { name: 'aspp', imagePooling: 'last', refine: true },
        numClasses: 21,
        outputStride: 16,
      },
    },
    labels: 'voc2012',
    preprocessing: vainfPreprocessing,
    published: 'https://github.com/VainF/DeepLabV3Plus-Pytorch',
    weightNames: 'vainf',
    license: 'MIT',
  },
  {
    name: 'deeplabv3plus-mobilenetv2-voc-jfzhang95',
    description: 'DeepLab v3+, MobileNetV2, PASCAL VOC, of jfzhang95/pytorch-deeplab-xception',
    model: {
      name: 'deeplab-v3-plus',
      config: {
        backbone: { name: 'mobilenet-v2', padding: 'beforeExpansion', atrousFrom: 'nextStage', epsilon: 1e-5 },
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
