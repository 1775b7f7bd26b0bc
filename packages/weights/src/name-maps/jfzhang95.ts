import { flatMobilenetV2 } from './torch-mobilenet-v2.ts';
import { inSequence, torchNameMap, type TorchModules } from './torch-name-map.ts';
import { torchResnet } from './torch-resnet.ts';
import { listedXception } from './torch-xception.ts';

const branch = (index: number): TorchModules => ({
  conv: `aspp.aspp${index}.atrous_conv`,
  norm: `aspp.aspp${index}.bn`,
});

const LAYERS: Readonly<Record<string, TorchModules>> = {
  'head/aspp0': branch(1),
  'head/aspp1': branch(2),
  'head/aspp2': branch(3),
  'head/aspp3': branch(4),
  'head/image_pooling': inSequence('aspp.global_avg_pool', 1),
  'head/concat_projection': { conv: 'aspp.conv1', norm: 'aspp.bn1' },
  'decoder/low_level_projection': { conv: 'decoder.conv1', norm: 'decoder.bn1' },
  'decoder/conv0': inSequence('decoder.last_conv', 0),
  'decoder/conv1': inSequence('decoder.last_conv', 4),
  logits: { conv: 'decoder.last_conv.8' },
};

/** Lists of Xception's first two blocks start with a convolution. */
const FIRST_RECTIFIED_BLOCK = 3;

/** DeepLab v3+ of jfzhang95/pytorch-deeplab-xception, MobileNetV2, ResNet and Xception. */
export const jfzhang95 = torchNameMap({
  name: 'jfzhang95',
  description: 'DeepLab v3+ of jfzhang95/pytorch-deeplab-xception',
  modulesOf(layer) {
    const known = LAYERS[layer];
    if (known) return [known];
    return [
      ...flatMobilenetV2(layer, (index) => `backbone.features.${index}`),
      ...torchResnet(layer, 'backbone.'),
      ...listedXception(layer, FIRST_RECTIFIED_BLOCK),
    ];
  },
  // The same modules under a second name, so that every tensor of the backbone is stored twice.
  ignored: /^backbone\.(low|high)_level_features\./,
});
