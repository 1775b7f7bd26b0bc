import { torchNameMap } from './torch-name-map.ts';

/** Names of the last layer, which follow the data set. */
const CLASSIFIERS = ['fc8_voc12', 'fc8', 'fc-final', 'final'];

function layersOf(layer: string): readonly string[] {
  if (layer === 'logits') return CLASSIFIERS;
  const [, context] = /^context\/(\w+)$/.exec(layer) ?? [];
  if (context !== undefined) return [`ctx_${context}`, `ct_${context}`];
  const [, branch, part] = /^head\/branch(\d+)\/(\w+)$/.exec(layer) ?? [];
  if (part === 'scores') return [`fc8_voc12_${branch}`];
  if (part !== undefined) return [`${part}_${branch}`];
  const [, level, conv] = /^multi_scale\/(\w+)\/(\w+)$/.exec(layer) ?? [];
  if (level !== undefined) return [`msc_${level === 'image' ? 'data' : level.replace('c', 'pool')}_${conv}`];
  return [layer.replace(/^(backbone|head)\//, '')];
}

/** Layers of DeepLab v1 and v2 and of Yu and Koltun's networks, on VGG-16, by their names in Caffe, as a state dict: `conv1_1.weight`, `fc8_voc12.bias`. */
export const caffeVgg = torchNameMap({
  name: 'caffe-vgg',
  description: 'DeepLab v1 and v2 and dilated context networks on VGG-16, under the names of their Caffe layers',
  // The filter of Dilation10's deconvolution, which is bilinear and not trained.
  ignored: /^ctx_upsample\./,
  modulesOf: (layer) => layersOf(layer).map((conv) => ({ conv })),
});
