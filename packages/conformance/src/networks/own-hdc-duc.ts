import { resnet, type ResnetOptions } from '@atrous/backbones/resnet';
import type { Graph, Json } from '@atrous/core';
import { duc } from '@atrous/heads';
import { deeplabV2 } from '@atrous/models';
import { hdcDuc as nameMap } from '@atrous/weights';
import type { NetworkCase } from './network-case.ts';
import { isOwnModule, ownArguments } from './own-module.ts';

/** Depths by the number of units in the third block, the only one in which the networks of the cases differ. */
const DEPTHS: Readonly<Record<number, ResnetOptions['depth']>> = { 6: 50, 23: 101, 36: 152 };

/** 1, 2, 5, 9 again and again, but 2 in the place of the first 1. */
const thirdBlock = (units: number): readonly number[] =>
  Array.from({ length: units }, (_, i) => (i === 0 ? 2 : ([1, 2, 5, 9][i % 4] as number)));

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
    const units = numberOr(Array.isArray(args.blocks) ? (args.blocks[2] as Json) : undefined, 23);
    const graph = deeplabV2({
      backbone: resnet({
        depth: DEPTHS[units] ?? 101,
        stem: '3x3',
        pool: 'valid',
        strideAt: 'first1x1',
        hybridRates: [thirdBlock(units), [5, 9, 17]],
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
