import { resnet } from '@atrous/backbones/resnet';
import type { Graph } from '@atrous/core';
import { aspp, asppSum, decoder, passThrough } from '@atrous/heads';
import { deeplabV1, deeplabV2, deeplabV3, deeplabV3Plus, multiScale } from '@atrous/models';
import { kazuto as nameMap } from '@atrous/weights';
import { numberOf, numbersOf, textOf } from './description.ts';
import type { NetworkCase, NetworkDescription } from './network-case.ts';

/** Caffe's ResNet, of 101 layers in all cases. */
const caffeResnet = { depth: 101, pool: 'ceil', strideAt: 'first1x1' } as const;

function withMultiGrid(description: NetworkDescription): Graph {
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

function v2(description: NetworkDescription): Graph {
  const head = asppSum({ numClasses: numberOf(description, 'classes'), hiddenChannels: 0, dropout: 0 });
  const graph = deeplabV2({ backbone: resnet(caffeResnet), head });
  const wrapper = textOf(description, 'msc');
  if (wrapper === '') return graph;
  return multiScale(graph, { coordinates: wrapper.includes('size ratio') ? 'sizes' : 'factor' });
}

const FAMILIES: Readonly<Record<string, (description: NetworkDescription) => Graph>> = {
  v1: (description) =>
    deeplabV1({ backbone: resnet(caffeResnet), head: passThrough(), numClasses: numberOf(description, 'classes') }),
  v2,
  v3: withMultiGrid,
  v3plus: withMultiGrid,
};

/** The networks of kazuto1011/deeplab-pytorch. */
export const kazuto: NetworkCase = {
  matches: (description) =>
    textOf(description, 'source').startsWith('kazuto1011/') && Object.hasOwn(FAMILIES, textOf(description, 'family')),
  build(description) {
    const build = FAMILIES[textOf(description, 'family')] as (typeof FAMILIES)[string];
    return { graph: build(description), nameMap, upsample: 'halfPixel' };
  },
};
