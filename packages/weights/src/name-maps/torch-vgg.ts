import { torchNameMap, type TorchModules } from './torch-name-map.ts';

/** Convolutions of each stage of VGG-16, which a pool ends. */
const STAGES = [2, 2, 3, 3, 3];

/**
 * VGG-16 as torchvision lists it: one sequence of convolutions, activations and pools, with normalisations in between or without.
 *
 * @param modules number of modules that a convolution and what follows it take in the sequence: 2, or 3 with normalisations.
 */
export function torchVgg(layer: string, modules: 2 | 3): readonly TorchModules[] {
  const [, stage, conv] = /^backbone\/conv(\d)_(\d)$/.exec(layer) ?? [];
  if (stage === undefined) return [];
  const before = STAGES.slice(0, Number(stage) - 1);
  const start = before.reduce((index, convolutions) => index + convolutions * modules + 1, 0);
  const index = start + (Number(conv) - 1) * modules;
  return [{ conv: `features.${index}`, ...(modules === 3 && { norm: `features.${index + 1}` }) }];
}

/**
 * VGG-16 with batch normalisation of torchvision. Apart from its other networks, because the same numbers mean other layers than in VGG-16
 * without.
 */
export const torchvisionVggBatchNorm = torchNameMap({
  name: 'torchvision-vgg-bn',
  description: 'VGG-16 of torchvision with batch normalisation (vgg16_bn), without its classifier',
  modulesOf: (layer) => torchVgg(layer, 3),
  ignored: /^classifier\./,
});
