import { inSequence, torchNameMap, type TorchModules } from './torch-name-map.ts';
import { torchResnet } from './torch-resnet.ts';

/** A convolution and its normalisation, which are both wrapped in one module. */
const block = (path: string): TorchModules => ({ conv: `${path}.conv`, norm: `${path}.bn` });

const BLOCKS: Readonly<Record<string, string>> = {
  'head/aspp0': 'decode_head.aspp_modules.0',
  'head/aspp1': 'decode_head.aspp_modules.1',
  'head/aspp2': 'decode_head.aspp_modules.2',
  'head/aspp3': 'decode_head.aspp_modules.3',
  'head/image_pooling': 'decode_head.image_pool.1',
  'head/concat_projection': 'decode_head.bottleneck',
  'decoder/low_level_projection': 'decode_head.c1_bottleneck',
  'decoder/conv0': 'decode_head.sep_bottleneck.0',
  'decoder/conv1': 'decode_head.sep_bottleneck.1',
  'auxiliary/conv': 'auxiliary_head.convs.0',
};

const CLASSIFIERS: Readonly<Record<string, string>> = {
  logits: 'decode_head.conv_seg',
  'auxiliary/logits': 'auxiliary_head.conv_seg',
};

function modulesOf(layer: string): readonly TorchModules[] {
  const classifier = CLASSIFIERS[layer];
  if (classifier !== undefined) return [{ conv: classifier }];
  const [, stem] = /^backbone\/stem(\d)$/.exec(layer) ?? [];
  if (stem !== undefined) return [inSequence('backbone.stem', 3 * (Number(stem) - 1))];
  const [, whole = layer, half] = /^(.+)\/(depthwise|pointwise)$/.exec(layer) ?? [];
  const path = BLOCKS[whole];
  if (path === undefined) return torchResnet(layer, 'backbone.');
  return [block(half === undefined ? path : `${path}.${half}_conv`)];
}

/** DeepLab v3 and v3+ of OpenMMLab's MMSegmentation, on its ResNet "v1c". */
export const mmseg = torchNameMap({
  name: 'mmseg',
  description: 'DeepLab v3 and v3+ of MMSegmentation, ResNet',
  modulesOf,
  // Those who do not train may leave the auxiliary head away.
  ignored: /^auxiliary_head\./,
});
