import { mobilenetV2Layer } from './own-names.ts';
import { inSequence, pairIn, type TorchModules } from './torch-name-map.ts';

const PARTS = ['expand', 'depthwise', 'project'] as const;

/** Place of a part among its block's parts; the first block has no expansion. */
const placeOf = (part: (typeof PARTS)[number], block: number): number => PARTS.indexOf(part) - (block === 1 ? 1 : 0);

/**
 * MobileNetV2 as torchvision lists it: a block is `[conv, norm, ReLU6]` twice, then the projection and its norm.
 *
 * @param features path of the list of features, in which the stem is 0 and blocks count from 1.
 */
export function nestedMobilenetV2(layer: string, features: (index: number) => string): readonly TorchModules[] {
  const found = mobilenetV2Layer(layer);
  if (found === undefined) return [];
  if (found.part === 'stem') return [pairIn(features(0))];
  const block = `${features(found.block)}.conv`;
  const place = placeOf(found.part, found.block);
  return [found.part === 'project' ? inSequence(block, place) : pairIn(`${block}.${place}`)];
}

/** MobileNetV2 of the older ports: a block is one flat list of convolution, norm, ReLU6, and so on. */
export function flatMobilenetV2(layer: string, features: (index: number) => string): readonly TorchModules[] {
  const found = mobilenetV2Layer(layer);
  if (found === undefined) return [];
  if (found.part === 'stem') return [pairIn(features(0))];
  return [inSequence(`${features(found.block)}.conv`, 3 * placeOf(found.part, found.block))];
}
