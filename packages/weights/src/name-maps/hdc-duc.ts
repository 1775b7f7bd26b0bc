import { torchNameMap, type TorchModules } from './torch-name-map.ts';

const block = (path: string): TorchModules => ({ conv: `${path}.conv`, norm: `${path}.bn` });

const PARTS: Readonly<Record<string, string>> = {
  conv1: 'reduce',
  conv2: 'conv3x3',
  conv3: 'increase',
  shortcut: 'proj',
};

function modulesOf(layer: string): readonly TorchModules[] {
  const [, stem] = /^backbone\/stem(\d)$/.exec(layer) ?? [];
  if (stem !== undefined) return [block(`stem.c${stem}`)];
  const [, branch] = /^head\/branch(\d+)\/scores$/.exec(layer) ?? [];
  if (branch !== undefined) return [{ conv: `fc1_c${Number(branch) - 1}` }];
  const [, number, unit, part = ''] = /^backbone\/block(\d+)\/unit(\d+)\/(\w+)$/.exec(layer) ?? [];
  if (number === undefined) return [];
  // The stem counts as the first group, as it does in the paper.
  return [block(`group${Number(number) + 1}.${Number(unit) - 1}.${PARTS[part]}`)];
}

/** TuSimple's ResNet with hybrid rates and dense upsampling convolution, as a PyTorch module with the layers' names. */
export const hdcDuc = torchNameMap({
  name: 'hdc-duc',
  description: "TuSimple's ResNet-HDC with DUC, as a PyTorch module",
  modulesOf,
});
