import { xception } from '@atrous/backbones/xception';
import { aspp, decoder } from '@atrous/heads';
import { deeplabV3Plus } from '@atrous/models';
import { bubbliiiing, jfzhang95 } from '@atrous/weights';
import { isNetworkOf, numberOf, upsampleOf } from './description.ts';
import type { NetworkCase } from './network-case.ts';
import { portNetwork } from './port-network.ts';

const FAMILIES = ['deeplabv3plus'];
const BACKBONES = ['xception'];

/** Nobody publishes weights of this one. */
const jfzhang95Xception: NetworkCase = {
  matches: (description) => isNetworkOf(description, 'jfzhang95', FAMILIES, BACKBONES),
  build: (description) => ({
    graph: deeplabV3Plus({
      backbone: xception({ rectifiedSkips: 'all', exitBlockEnd: 'dense', exitDepthwiseRelu: false, epsilon: 1e-5 }),
      head: aspp({ imagePooling: 'last', dropout: 0.5 }),
      decoder: decoder({ dropout: [0.5, 0.1] }),
      numClasses: numberOf(description, 'classes'),
      outputStride: numberOf(description, 'output_stride'),
    }),
    nameMap: jfzhang95,
    upsample: upsampleOf(description),
  }),
};

/** DeepLab v3+ with Xception, as its PyTorch ports have it: three different networks. */
export const xceptionPorts: readonly NetworkCase[] = [
  portNetwork('bubbliiiing', bubbliiiing, { deeplabv3plus: 'deeplabv3plus-xception-voc-bubbliiiing' }, BACKBONES),
  jfzhang95Xception,
];
