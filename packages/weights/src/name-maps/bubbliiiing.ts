import { flatMobilenetV2 } from './torch-mobilenet-v2.ts';
import { pairIn, torchNameMap, inSequence, type TorchModules } from './torch-name-map.ts';
import { namedXception } from './torch-xception.ts';

const LAYERS: Readonly<Record<string, TorchModules>> = {
  'head/aspp0': pairIn('aspp.branch1'),
  'head/aspp1': pairIn('aspp.branch2'),
  'head/aspp2': pairIn('aspp.branch3'),
  'head/aspp3': pairIn('aspp.branch4'),
  'head/image_pooling': { conv: 'aspp.branch5_conv', norm: 'aspp.branch5_bn' },
  'head/concat_projection': pairIn('aspp.conv_cat'),
  'decoder/low_level_projection': pairIn('shortcut_conv'),
  'decoder/conv0': pairIn('cat_conv'),
  'decoder/conv1': inSequence('cat_conv', 4),
  logits: { conv: 'cls_conv' },
};

/** DeepLab v3+ of bubbliiiing/deeplabv3-plus-pytorch, MobileNetV2 and Xception. */
export const bubbliiiing = torchNameMap({
  name: 'bubbliiiing',
  description: 'DeepLab v3+ of bubbliiiing/deeplabv3-plus-pytorch',
  modulesOf(layer) {
    const known = LAYERS[layer];
    if (known) return [known];
    return [...flatMobilenetV2(layer, (index) => `backbone.features.${index}`), ...namedXception(layer)];
  },
});
