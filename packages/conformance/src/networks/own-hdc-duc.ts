import { hybridRates } from '@atrous/atrous-ops';
import { resnet, type ResnetOptions } from '@atrous/backbones/resnet';
import type { Graph, Json } from '@atrous/core';
import { duc } from '@atrous/heads';
import { deeplabV2 } from '@atrous/models';
import { hdcDuc as nameMap } from '@atrous/weights';
import type { NetworkCase } from './network-case.ts';
import { isOwnModule, ownArguments, RESNET_DEPTHS, thirdBlockOf } from './own-module.ts';

/** The released rates: 2 in the place of the first 1. */
function releasedRates(units: number): ResnetOptions['hybridRates'] {
  const [[, ...third], fourth] = hybridRates('bigger', [units, 3]);
  return [[2, ...third], fourth];
}

const numberOr = (value: Json | undefined, otherwise: number): number =>
  typeof value === 'number' ? value : otherwise;

/** The cases call the channels before they are laid out `logits`, and what we call so `shuffled`. */
const withNamesOfCase = (graph: Graph): Graph => ({
  ...graph,
  outputs: { logits: 'head/sum', shuffled: graph.outputs.logits as string },
});

/** ResNet with hybrid rates and dense upsampling convolution. */
export const ownHdcDuc: NetworkCase = {
  matches: (description) => isOwnModule(description, 'HDCDUC'),
  build(description) {
    const { args } = ownArguments(description);
    const units = thirdBlockOf(args, 23);
    const graph = deeplabV2({
      backbone: resnet({
        depth: RESNET_DEPTHS[units],
        stem: '3x3',
        pool: 'valid',
        strideAt: 'first1x1',
        hybridRates: releasedRates(units),
        epsilon: 1e-6,
      }),
      head: duc({
        numClasses: numberOr(args.classes ?? description.classes, 19),
        enlargement: Math.sqrt(numberOr(args.cell, 16)),
      }),
    });
    return { graph: withNamesOfCase(graph), nameMap };
  },
};
