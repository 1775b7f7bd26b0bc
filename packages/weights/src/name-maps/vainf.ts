import { nestedMobilenetV2 } from './torch-mobilenet-v2.ts';
import { inSequence, pairIn, torchNameMap, type TorchModules } from './torch-name-map.ts';
import { torchResnet } from './torch-resnet.ts';
import { listedXception } from './torch-xception.ts';

/** DeepLab v3 keeps ASPP first in a sequence, v3+ beside the decoder. */
const ASPP = ['classifier.aspp', 'classifier.classifier.0'];

const LAYERS: Readonly<Record<string, readonly TorchModules[]>> = {
  'head/aspp0': ASPP.map((aspp) => pairIn(`${aspp}.convs.0`)),
  'head/aspp1': ASPP.map((aspp) => pairIn(`${aspp}.convs.1`)),
  'head/aspp2': ASPP.map((aspp) => pairIn(`${aspp}.convs.2`)),
  'head/aspp3': ASPP.map((aspp) => pairIn(`${aspp}.convs.3`)),
  'head/image_pooling': ASPP.map((aspp) => inSequence(`${aspp}.convs.4`, 1)),
  'head/concat_projection': ASPP.map((aspp) => pairIn(`${aspp}.project`)),
  'head/refine': [inSequence('classifier.classifier', 1)],
  'decoder/low_level_projection': [pairIn('classifier.project')],
  'decoder/conv0': [pairIn('classifier.classifier')],
  logits: [{ conv: 'classifier.classifier.3' }, { conv: 'classifier.classifier.4' }],
};

/** MobileNetV2 is cut after its third block. */
const features = (index: number): string =>
  `backbone.${index < 4 ? 'low_level_features' : 'high_level_features'}.${index}`;

/** With separable convolutions, those of a block are wrapped in one more module. */
function separableHalf(layer: string): readonly TorchModules[] {
  const [, block = '', half] = /^(.+)\/(depthwise|pointwise)$/.exec(layer) ?? [];
  const index = half === 'depthwise' ? 0 : 1;
  return (LAYERS[block] ?? []).map((modules) => ({ ...modules, conv: `${modules.conv}.body.${index}` }));
}

/** Only the list of Xception's first block starts with a convolution. */
const FIRST_RECTIFIED_BLOCK = 2;

/** DeepLab v3 and v3+ of VainF/DeepLabV3Plus-Pytorch, MobileNetV2, ResNet and Xception. */
export const vainf = torchNameMap({
  name: 'vainf',
  description: 'DeepLab v3 and v3+ of VainF/DeepLabV3Plus-Pytorch',
  modulesOf: (layer) =>
    LAYERS[layer] ?? [
      ...nestedMobilenetV2(layer, features),
      ...torchResnet(layer, 'backbone.'),
      ...listedXception(layer, FIRST_RECTIFIED_BLOCK),
      ...separableHalf(layer),
    ],
});
