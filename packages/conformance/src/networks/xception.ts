import { xception } from '@atrous/backbones/xception';
import { xceptionClassic } from '@atrous/backbones/xception-classic';
import type { Graph } from '@atrous/core';
import { aspp, decoder } from '@atrous/heads';
import { deeplabV3, deeplabV3Plus } from '@atrous/models';
import { bubbliiiing, jfzhang95, vainf } from '@atrous/weights';
import { isNetworkOf, numberOf, upsampleOf } from './description.ts';
import type { NetworkCase, NetworkDescription } from './network-case.ts';
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

function buildVainf(description: NetworkDescription): Graph {
  const convolutions = description.separable === true ? { separable: true, depthwiseNorm: false } : {};
  const refine = description.family === 'deeplabv3';
  const options = {
    backbone: xceptionClassic({
      padStem: false,
      atrousFrom: 'sameBlock',
      exitPadding: 'one',
      exitNorm: false,
      epsilon: 1e-5,
    }),
    head: aspp({ imagePooling: 'last', refine, ...convolutions }),
    numClasses: numberOf(description, 'classes'),
    outputStride: numberOf(description, 'output_stride'),
  };
  if (refine) return deeplabV3(options);
  const fine = decoder({ depth: 1, concatFirst: 'lowLevel', corners: 'halfPixel', ...convolutions });
  return deeplabV3Plus({ ...options, decoder: fine });
}

/** Nobody publishes weights of this one either. */
const vainfXception: NetworkCase = {
  matches: (description) => isNetworkOf(description, 'VainF', ['deeplabv3', ...FAMILIES], BACKBONES),
  build: (description) => ({
    graph: buildVainf(description),
    nameMap: vainf,
    upsample: upsampleOf(description),
  }),
};

/** DeepLab v3+ with Xception, as its PyTorch ports have it: three different networks. */
export const xceptionPorts: readonly NetworkCase[] = [
  portNetwork('bubbliiiing', bubbliiiing, { deeplabv3plus: 'deeplabv3plus-xception-voc-bubbliiiing' }, BACKBONES),
  jfzhang95Xception,
  vainfXception,
];
