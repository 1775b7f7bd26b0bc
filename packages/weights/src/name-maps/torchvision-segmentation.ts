import { mobilenetV3 } from './torch-mobilenet-v3.ts';
import { inSequence, pairIn, torchNameMap, type TorchModules } from './torch-name-map.ts';
import { torchResnet } from './torch-resnet.ts';

const LAYERS: Readonly<Record<string, readonly TorchModules[]>> = {
  'head/aspp0': [pairIn('classifier.0.convs.0')],
  'head/aspp1': [pairIn('classifier.0.convs.1')],
  'head/aspp2': [pairIn('classifier.0.convs.2')],
  'head/aspp3': [pairIn('classifier.0.convs.3')],
  'head/image_pooling': [inSequence('classifier.0.convs.4', 1)],
  'head/concat_projection': [pairIn('classifier.0.project')],
  'head/refine': [inSequence('classifier', 1)],
  'head/conv': [pairIn('classifier')],
  'head/context': [pairIn('classifier.cbr')],
  'head/gate': [{ conv: 'classifier.scale.1' }],
  'context/logits': [{ conv: 'classifier.high_classifier' }],
  'low_level/logits': [{ conv: 'classifier.low_classifier' }],
  logits: [{ conv: 'classifier.4' }],
  'auxiliary/conv': [pairIn('aux_classifier')],
  'auxiliary/logits': [{ conv: 'aux_classifier.4' }],
};

/** Segmentation networks of torchvision: DeepLab v3, FCN and LR-ASPP. */
export const torchvisionSegmentation = torchNameMap({
  name: 'torchvision-segmentation',
  description: 'Segmentation networks of torchvision: DeepLab v3, FCN, LR-ASPP',
  modulesOf: (layer) => LAYERS[layer] ?? [...mobilenetV3(layer, 'backbone'), ...torchResnet(layer, 'backbone.')],
  // Those who do not train may leave the auxiliary head away.
  ignored: /^aux_classifier\./,
});
