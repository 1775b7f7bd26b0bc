import type { Json } from '@atrous/core';
import type { ModelConfig } from '../build-model.ts';
import { imageNet } from './image-net.ts';
import type { Preset } from './preset.ts';

type Options = Readonly<Record<string, Json>>;

const network = (name: string, description: string, file: string, model: ModelConfig): Preset => ({
  name: `${name}-voc-torchvision`,
  description: `${description}, classes of PASCAL VOC, trained on COCO, of torchvision`,
  model: { name: model.name, config: { numClasses: 21, ...model.config } },
  labels: 'voc2012',
  // Trained at 480 × 480, tested with 520 pixels on the shorter side.
  preprocessing: imageNet({ mode: 'multiple', of: 1, plus: 0, maxSide: 520 }, 'halfPixel'),
  published: `https://download.pytorch.org/models/${file}.pth`,
  weightNames: 'torchvision-segmentation',
  license: 'BSD-3-Clause',
});

const head: Options = { name: 'aspp', imagePooling: 'last', refine: true, dropout: 0.5 };

const withResnet = (depth: number, head: Json): ModelConfig => ({
  name: 'deeplab-v3',
  config: { backbone: { name: 'resnet', depth }, head, outputStride: 8 },
});

/** Torchvision's segmentation networks, without the auxiliary heads that helped to train them. */
export const torchvisionPresets: readonly Preset[] = [
  network('deeplabv3-resnet50', 'DeepLab v3, ResNet-50', 'deeplabv3_resnet50_coco-cd0a2569', withResnet(50, head)),
  network('deeplabv3-resnet101', 'DeepLab v3, ResNet-101', 'deeplabv3_resnet101_coco-586e9e4e', withResnet(101, head)),
  network('deeplabv3-mobilenetv3', 'DeepLab v3, MobileNetV3-large', 'deeplabv3_mobilenet_v3_large-fc3c493d', {
    name: 'deeplab-v3',
    config: { backbone: 'mobilenet-v3', head: { ...head, atrousRates: [12, 24, 36] }, outputStride: 16 },
  }),
  network('lraspp-mobilenetv3', 'Lite R-ASPP, MobileNetV3-large', 'lraspp_mobilenet_v3_large-d234d4ea', {
    name: 'lite-raspp',
    config: { backbone: 'mobilenet-v3', outputStride: 16 },
  }),
];
