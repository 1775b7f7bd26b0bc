import { resnet } from '@atrous/backbones/resnet';
import { aspp, decoder } from '@atrous/heads';
import { deeplabV3, deeplabV3Plus } from '@atrous/models';
import { kazuto as nameMap } from '@atrous/weights';
import { numberOf, numbersOf, textOf } from './description.ts';
import type { NetworkCase, NetworkDescription } from './network-case.ts';

/** Caffe's ResNet, of 101 layers in all cases. */
const caffeResnet = { depth: 101, pool: 'ceil', strideAt: 'first1x1' } as const;

function buildGraph(description: NetworkDescription) {
  const outputStride = numberOf(description, 'output_stride');
  const atrousRates = numbersOf(description, 'atrous_rates').map((rate) => (rate * outputStride) / 16);
  const options = {
    backbone: resnet({ ...caffeResnet, multiGrid: numbersOf(description, 'multi_grids') }),
    head: aspp({ atrousRates, imagePooling: 'last', dropout: 0 }),
    numClasses: numberOf(description, 'classes'),
    outputStride,
  };
  return description.family === 'v3'
    ? deeplabV3(options)
    : deeplabV3Plus({ ...options, decoder: decoder({ corners: 'halfPixel' }) });
}

/** DeepLab v3 and v3+ with multi-grid of kazuto1011/deeplab-pytorch. */
export const kazuto: NetworkCase = {
  matches: (description) =>
    textOf(description, 'source').startsWith('kazuto1011/') &&
    (description.family === 'v3' || description.family === 'v3plus'),
  build: (description) => ({ graph: buildGraph(description), nameMap, upsample: 'halfPixel' }),
};
