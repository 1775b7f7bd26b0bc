import { bubbliiiing, jfzhang95, vainf } from '@atrous/weights';
import type { NetworkCase } from './network-case.ts';
import { portNetwork } from './port-network.ts';

const BACKBONES = ['xception'];

/** DeepLab v3+ with Xception, as its PyTorch ports have it: three different networks. */
export const xceptionPorts: readonly NetworkCase[] = [
  portNetwork('bubbliiiing', bubbliiiing, { deeplabv3plus: 'deeplabv3plus-xception-voc-bubbliiiing' }, BACKBONES),
  portNetwork('jfzhang95', jfzhang95, { deeplabv3plus: 'deeplab-v3-plus-xception65-jfzhang95' }, BACKBONES),
  portNetwork(
    'VainF',
    vainf,
    { deeplabv3: 'deeplab-v3-xception-vainf', deeplabv3plus: 'deeplab-v3-plus-xception-vainf' },
    BACKBONES,
  ),
];
