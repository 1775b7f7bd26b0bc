import { torchNameMap, type TorchModules } from './torch-name-map.ts';

/** A convolution and its normalisation, which are both wrapped in one module. */
const block = (path: string): TorchModules => ({ conv: `${path}.conv`, norm: `${path}.bn` });

const LAYERS: Readonly<Record<string, readonly TorchModules[]>> = {
  'backbone/stem': [block('layer1.conv1')],
  'head/aspp0': [block('aspp.stages.c0')],
  'head/aspp1': [block('aspp.stages.c1')],
  'head/aspp2': [block('aspp.stages.c2')],
  'head/aspp3': [block('aspp.stages.c3')],
  'head/image_pooling': [block('aspp.stages.imagepool.conv')],
  'head/concat_projection': [block('fc1')],
  'decoder/low_level_projection': [block('reduce')],
  'decoder/conv0': [block('fc2.conv1')],
  'decoder/conv1': [block('fc2.conv2')],
  logits: [{ conv: 'fc2.conv3' }, { conv: 'fc2' }, { conv: 'fc' }],
};

const PARTS: Readonly<Record<string, string>> = {
  conv1: 'reduce',
  conv2: 'conv3x3',
  conv3: 'increase',
  shortcut: 'shortcut',
};

function modulesOf(layer: string): readonly TorchModules[] {
  const [, branch] = /^head\/branch(\d+)\/scores$/.exec(layer) ?? [];
  if (branch !== undefined) return [{ conv: `aspp.c${Number(branch) - 1}` }];
  const [, number, unit, part = ''] = /^backbone\/block(\d+)\/unit(\d+)\/(\w+)$/.exec(layer) ?? [];
  if (number === undefined) return LAYERS[layer] ?? [];
  // The stem counts as the first layer.
  return [block(`layer${Number(number) + 1}.block${unit}.${PARTS[part]}`)];
}

/** Networks of kazuto1011/deeplab-pytorch, ResNet: v1, v2, v3 and v3+, alone or inside its multi-scale wrapper. */
export const kazuto = torchNameMap({
  name: 'kazuto1011',
  description: 'DeepLab v1, v2, v3 and v3+ of kazuto1011/deeplab-pytorch',
  modulesOf: (layer) =>
    modulesOf(layer).flatMap(({ conv, norm }) =>
      ['', 'base.'].map((wrapper) => ({
        conv: wrapper + conv,
        ...(norm !== undefined && { norm: wrapper + norm }),
      })),
    ),
});
