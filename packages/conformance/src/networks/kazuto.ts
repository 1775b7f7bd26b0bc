import { resnet } from '@atrous/backbones/resnet';
import type { Graph } from '@atrous/core';
import { aspp, asppSum, decoder, passThrough } from '@atrous/heads';
import { deeplabV1, deeplabV2, deeplabV3, deeplabV3Plus, multiScale } from '@atrous/models';
import { kazuto as nameMap } from '@atrous/weights';
import { numberOf, numbersOf, resnetDepthOf, textOf } from './description.ts';
import type { NetworkCase, NetworkDescription } from './network-case.ts';

/** Caffe's ResNet, of 101 layers where the case does not say otherwise. */
const backboneOf = (description: NetworkDescription, multiGrid: readonly number[] = []) =>
  resnet({ depth: resnetDepthOf(description) ?? 101, pool: 'ceil', strideAt: 'first1x1', multiGrid });

function v1(description: NetworkDescription): Graph {
  const numClasses = numberOf(description, 'classes');
  return deeplabV1({ backbone: backboneOf(description), head: passThrough(), numClasses });
}

function v2(description: NetworkDescription): Graph {
  const head = asppSum({
    numClasses: numberOf(description, 'classes'),
    hiddenChannels: 0,
    dropout: 0,
    ...('atrous_rates' in description && { atrousRates: numbersOf(description, 'atrous_rates') }),
  });
  return deeplabV2({ backbone: backboneOf(description), head });
}

function withMultiGrid(description: NetworkDescription): Graph {
  const outputStride = numberOf(description, 'output_stride');
  const atrousRates = numbersOf(description, 'atrous_rates').map((rate) => (rate * outputStride) / 16);
  const options = {
    backbone: backboneOf(description, numbersOf(description, 'multi_grids')),
    head: aspp({ atrousRates, imagePooling: 'last', dropout: 0 }),
    numClasses: numberOf(description, 'classes'),
    outputStride,
  };
  return description.family === 'v3'
    ? deeplabV3(options)
    : deeplabV3Plus({ ...options, decoder: decoder({ corners: 'halfPixel' }) });
}

const FAMILIES: Readonly<Record<string, (description: NetworkDescription) => Graph>> = {
  v1,
  v2,
  v3: withMultiGrid,
  v3plus: withMultiGrid,
};

/** The wrapper that shows the network three scales of the image. */
function atScales(graph: Graph, description: NetworkDescription): Graph {
  const wrapper = textOf(description, 'msc');
  if (wrapper === '') return graph;
  return multiScale(graph, { coordinates: wrapper.includes('size ratio') ? 'sizes' : 'factor' });
}

/** The networks of kazuto1011/deeplab-pytorch. */
export const kazuto: NetworkCase = {
  matches: (description) =>
    textOf(description, 'source').startsWith('kazuto1011/') && Object.hasOwn(FAMILIES, textOf(description, 'family')),
  build(description) {
    const build = FAMILIES[textOf(description, 'family')] as (typeof FAMILIES)[string];
    return { graph: atScales(build(description), description), nameMap, upsample: 'halfPixel' };
  },
};
