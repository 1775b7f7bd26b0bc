import { torchNameMap } from './torch-name-map.ts';

/** Names of the last layer, which follow the data set. */
const CLASSIFIERS = ['fc8_voc12', 'fc8', 'fc-final', 'final'];

/** Layers of DeepLab v1 and v2 on VGG-16 by their names in Caffe, as a state dict: `conv1_1.weight`, `fc8_voc12.bias`. */
export const caffeVgg = torchNameMap({
  name: 'caffe-vgg',
  description: 'DeepLab v1 and v2 on VGG-16, under the names of their Caffe layers',
  modulesOf: (layer) =>
    (layer === 'logits' ? CLASSIFIERS : [layer.replace(/^(backbone|head)\//, '')]).map((conv) => ({ conv })),
});
