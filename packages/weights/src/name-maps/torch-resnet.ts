import { inSequence, type TorchModules } from './torch-name-map.ts';

/**
 * ResNet as torchvision lists it: `conv1`, and blocks `layer1` … `layer4` of units with `conv1` … `conv3` and `downsample`;
 * the further blocks of DeepLab v3's cascade are counted on.
 *
 * @param prefix path of the network with a dot at its end, or nothing.
 */
export function torchResnet(layer: string, prefix: string): readonly TorchModules[] {
  if (layer === 'backbone/stem') return [{ conv: `${prefix}conv1`, norm: `${prefix}bn1` }];
  const [, block, unit, part] = /^(?:backbone|head)\/block(\d+)\/unit(\d+)\/(conv\d|shortcut)$/.exec(layer) ?? [];
  if (part === undefined) return [];
  const path = `${prefix}layer${block}.${Number(unit) - 1}`;
  if (part === 'shortcut') return [inSequence(`${path}.downsample`, 0)];
  return [{ conv: `${path}.${part}`, norm: `${path}.${part.replace('conv', 'bn')}` }];
}
