import { mobilenetV2 } from '@atrous/backbones/mobilenet-v2';
import { aspp, decoder } from '@atrous/heads';
import { deeplabV3, deeplabV3Plus } from '@atrous/models';
import { vainf as nameMap } from '@atrous/weights';
import { isMobilenetV2Of, numberOf, upsampleOf } from './description.ts';
import type { NetworkCase } from './network-case.ts';

/** DeepLab v3 and v3+ with MobileNetV2 of VainF: blocks padded before their expansion, the first convolution not at all, a short decoder. */
export const vainf: NetworkCase = {
  matches: (description) =>
    isMobilenetV2Of(description, 'VainF', ['deeplabv3', 'deeplabv3plus']) && description.separable !== true,
  build(description) {
    const network = {
      backbone: mobilenetV2({
        padding: 'beforeExpansion',
        padStem: false,
        epsilon: 1e-5,
      }),
      numClasses: numberOf(description, 'classes'),
      outputStride: numberOf(description, 'output_stride'),
    };
    const head = aspp({ imagePooling: 'last', refine: description.family === 'deeplabv3' });
    const graph =
      description.family === 'deeplabv3'
        ? deeplabV3({ ...network, head })
        : deeplabV3Plus({
            ...network,
            head,
            decoder: decoder({ depth: 1, concatFirst: 'lowLevel', corners: 'halfPixel' }),
          });
    return { graph, nameMap, upsample: upsampleOf(description) };
  },
};
