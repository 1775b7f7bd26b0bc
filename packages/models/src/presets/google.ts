import type { Json, Pair, Preprocessing } from '@atrous/core';
import type { Preset } from './preset.ts';

/** Values 0 … 255 become −1 … 1, and an image smaller than the canvas is surrounded by what becomes 0. */
const google = (fit: Preprocessing['fit'], enlarge: Preprocessing['enlarge']): Preprocessing => ({
  channelOrder: 'rgb',
  mean: [127.5, 127.5, 127.5],
  std: [127.5, 127.5, 127.5],
  fit,
  upsample: 'alignCorners',
  enlarge,
});

const canvas = (size: Pair): Preprocessing['fit'] => ({ mode: 'pad', size, value: 127.5 });

/** Google's MobileNetV2 networks have image pooling and a 1×1 convolution for a head: no atrous branches, no decoder. */
const mobile = (numClasses: number, options: Readonly<Record<string, Json>>): Preset['model'] => ({
  name: 'deeplab-v3',
  config: {
    backbone: { name: 'mobilenet-v2', ...options },
    head: { name: 'aspp', atrousRates: [], norm: options.norm ?? 'batch' },
    numClasses,
    outputStride: 8,
  },
});

/** Google's networks. */
export const googlePresets: readonly Preset[] = [
  {
    name: 'deeplabv3-mobilenetv2-voc',
    description:
      'DeepLab v3, MobileNetV2, PASCAL VOC, 513×513 (deeplabv3_mnv2_pascal_trainval), exported for inference',
    model: mobile(21, { norm: 'folded' }),
    labels: 'voc2012',
    preprocessing: google(canvas([513, 513]), 'bilinear'),
    published: 'https://github.com/webmachinelearning/test-data/tree/main/models/deeplabv3_mnv2_nhwc',
    license: 'Apache-2.0',
  },
  {
    name: 'deeplabv3-mobilenetv2-voc-checkpoint',
    description: 'DeepLab v3, MobileNetV2, PASCAL VOC, 513×513 (deeplabv3_mnv2_pascal_trainval), as trained',
    model: mobile(21, { norm: 'batch' }),
    labels: 'voc2012',
    preprocessing: google(canvas([513, 513]), 'bilinear'),
    published: 'https://huggingface.co/Matthijs/deeplabv3_mobilenet_v2_1.0_513',
  },
  {
    name: 'deeplabv3-mobilenetv2-dm05-voc',
    description: 'DeepLab v3, MobileNetV2 of half the width, PASCAL VOC, 257×257 (deeplabv3_257_mv_gpu.tflite)',
    model: mobile(21, { norm: 'folded', depthMultiplier: 0.5, divisor: 1 }),
    labels: 'voc2012',
    preprocessing: google({ mode: 'stretch', size: [257, 257] }, 'nearest'),
    published: 'https://storage.googleapis.com/download.tensorflow.org/models/tflite/gpu/deeplabv3_257_mv_gpu.tflite',
    license: 'Apache-2.0',
  },
  {
    name: 'deeplabv3-mobilenetv2-dm05-portrait',
    description: 'DeepLab v3, MobileNetV2 of half the width, person or background, 513×513, trained on portraits',
    model: mobile(2, { norm: 'batch', depthMultiplier: 0.5, divisor: 1 }),
    labels: 'portrait',
    preprocessing: google(canvas([513, 513]), 'bilinear'),
    published: 'https://github.com/anilsathyan7/Portrait-Segmentation',
    license: 'MIT',
  },
];
