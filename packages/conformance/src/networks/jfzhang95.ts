import { mobilenetV2 } from '@atrous/backbones/mobilenet-v2';
import { aspp, decoder } from '@atrous/heads';
import { deeplabV3Plus } from '@atrous/models';
import { jfzhang95 as nameMap } from '@atrous/weights';
import { isMobilenetV2Of, numberOf, upsampleOf } from './description.ts';
import type { NetworkCase } from './network-case.ts';

/** DeepLab v3+ with MobileNetV2 of jfzhang95: blocks padded before their expansion, rates that grow from stage to stage. */
export const jfzhang95: NetworkCase = {
  matches: (description) => isMobilenetV2Of(description, 'jfzhang95', ['deeplabv3plus']),
  build: (description) => ({
    graph: deeplabV3Plus({
      backbone: mobilenetV2({ padding: 'beforeExpansion', atrousFrom: 'nextStage', epsilon: 1e-5 }),
      head: aspp({ imagePooling: 'last', dropout: 0.5 }),
      decoder: decoder({ dropout: [0.5, 0.1] }),
      numClasses: numberOf(description, 'classes'),
      outputStride: numberOf(description, 'output_stride'),
    }),
    nameMap,
    upsample: upsampleOf(description),
  }),
};
