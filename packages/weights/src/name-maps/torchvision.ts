import { nestedMobilenetV2 } from './torch-mobilenet-v2.ts';
import { mobilenetV3 } from './torch-mobilenet-v3.ts';
import { torchNameMap } from './torch-name-map.ts';
import { torchResnet } from './torch-resnet.ts';
import { torchVgg } from './torch-vgg.ts';

/** Classification networks of torchvision, as backbones: MobileNetV2 and V3, ResNet, VGG-16, and the cascade of DeepLab v3 upon it. */
export const torchvision = torchNameMap({
  name: 'torchvision',
  description: 'ImageNet networks of torchvision, without their classifiers',
  modulesOf: (layer) => [
    ...nestedMobilenetV2(layer, (index) => `features.${index}`),
    ...mobilenetV3(layer, 'features'),
    ...torchResnet(layer, ''),
    ...torchVgg(layer, 2),
    ...(layer === 'logits' ? [{ conv: 'classifier' }] : []),
  ],
  ignored: /^(features\.18|classifier|fc)\./,
});
