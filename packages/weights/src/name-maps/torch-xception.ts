import { xceptionLayer, type XceptionLayer } from './own-names.ts';
import type { TorchModules } from './torch-name-map.ts';

/** Stem and skips have the same names in all ports; so have the modules after the last block, which continue the stem's numbers. */
const EXIT_AFTER = 2;

function commonModules(found: XceptionLayer): readonly TorchModules[] {
  if (found.kind === 'stem') return [{ conv: `backbone.conv${found.index}`, norm: `backbone.bn${found.index}` }];
  if (found.kind === 'skip')
    return [{ conv: `backbone.block${found.block}.skip`, norm: `backbone.block${found.block}.skipbn` }];
  return [];
}

/**
 * Xception of jfzhang95 and VainF: a block is one list of ReLU, separable convolution, norm, and so on.
 *
 * @param rectified number of the first block whose list starts with a ReLU.
 */
export function listedXception(layer: string, rectified: number): readonly TorchModules[] {
  const found = xceptionLayer(layer);
  if (found === undefined) return [];
  if (found.kind === 'stem' || found.kind === 'skip') return commonModules(found);
  if (found.kind === 'exit') {
    const number = found.index + EXIT_AFTER;
    const conv = `backbone.conv${number}`;
    if (found.part === 'depthwise') return [{ conv: `${conv}.conv1`, norm: `${conv}.bn` }];
    return [{ conv: `${conv}.pointwise`, norm: `backbone.bn${number}` }];
  }
  const list = `backbone.block${found.block}.rep`;
  const place = 3 * (found.index - 1) + (found.block < rectified ? 0 : 1);
  if (found.part === 'depthwise') return [{ conv: `${list}.${place}.conv1`, norm: `${list}.${place}.bn` }];
  return [{ conv: `${list}.${place}.pointwise`, norm: `${list}.${place + 1}` }];
}

/** Xception of bubbliiiing: a separable convolution is a module that holds its norms. */
export function namedXception(layer: string): readonly TorchModules[] {
  const found = xceptionLayer(layer);
  if (found === undefined) return [];
  if (found.kind === 'stem' || found.kind === 'skip') return commonModules(found);
  const module =
    found.kind === 'exit'
      ? `backbone.conv${found.index + EXIT_AFTER}`
      : `backbone.block${found.block}.sepconv${found.index}`;
  return [{ conv: `${module}.${found.part}`, norm: `${module}.bn${found.part === 'depthwise' ? 1 : 2}` }];
}
