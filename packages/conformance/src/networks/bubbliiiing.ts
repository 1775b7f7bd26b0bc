import { mobilenetV2 } from '@atrous/backbones/mobilenet-v2';
import { aspp, decoder } from '@atrous/heads';
import { deeplabV3Plus } from '@atrous/models';
import { bubbliiiing as nameMap } from '@atrous/weights';
import { isMobilenetV2Of, numberOf, upsampleOf } from './description.ts';
import type { NetworkCase } from './network-case.ts';

/** DeepLab v3+ with MobileNetV2 of bubbliiiing: biases besides batch normalisation in the head, dropout in the decoder alone. */
export const bubbliiiing: NetworkCase = {
  matches: (description) => isMobilenetV2Of(description, 'bubbliiiing', ['deeplabv3plus']),
  build: (description) => ({
    graph: deeplabV3Plus({
      backbone: mobilenetV2({ padding: 'symmetric', epsilon: 1e-5 }),
      head: aspp({ imagePooling: 'last', useBias: true, dropout: 0 }),
      decoder: decoder({ useBias: true, dropout: [0.5, 0.1] }),
      numClasses: numberOf(description, 'classes'),
      outputStride: numberOf(description, 'output_stride'),
    }),
    nameMap,
    upsample: upsampleOf(description),
  }),
};
