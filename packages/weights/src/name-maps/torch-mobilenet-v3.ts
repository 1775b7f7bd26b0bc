import { pairIn, type TorchModules } from './torch-name-map.ts';

/**
 * MobileNetV3 as torchvision lists it: the parts of a block are numbered, and those it lacks are not counted.
 *
 * @param path of the list of features, in which the stem is 0 and blocks count from 1.
 * @param last index of the convolution after the last block, by its name: 16 in the large network, 12 in the small one.
 */
export function mobilenetV3(layer: string, path: string): readonly TorchModules[] {
  if (layer === 'backbone/stem') return [pairIn(`${path}.0`)];
  if (layer === 'backbone/last') return [pairIn(`${path}.16`), pairIn(`${path}.12`)];
  const [, number, part] = /^backbone\/block(\d+)\/(\w+(?:\/reduce|\/expand)?)$/.exec(layer) ?? [];
  if (number === undefined) return [];
  const block = `${path}.${number}.block`;
  // Only the first block has no expansion.
  const depthwise = number === '1' ? 0 : 1;
  switch (part) {
    case 'expand':
      return [pairIn(`${block}.0`)];
    case 'depthwise':
      return [pairIn(`${block}.${depthwise}`)];
    case 'squeeze_excite/reduce':
      return [{ conv: `${block}.${depthwise + 1}.fc1` }];
    case 'squeeze_excite/expand':
      return [{ conv: `${block}.${depthwise + 1}.fc2` }];
    case 'project':
      return [pairIn(`${block}.${depthwise + 2}`), pairIn(`${block}.${depthwise + 1}`)];
    default:
      return [];
  }
}
