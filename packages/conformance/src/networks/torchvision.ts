import { mobilenetV3 } from '@atrous/backbones/mobilenet-v3';
import { aspp, fcn } from '@atrous/heads';
import { deeplabV3, liteRaspp } from '@atrous/models';
import { torchvisionSegmentation as nameMap } from '@atrous/weights';
import { numberOf, numbersOf, textOf, upsampleOf, withAuxiliaryNames } from './description.ts';
import type { NetworkCase, NetworkDescription } from './network-case.ts';

/** Torchvision has MobileNetV3 at output stride 16 only. */
const isFamily = (description: NetworkDescription, family: string): boolean =>
  textOf(description, 'source').startsWith('torchvision ') &&
  description.family === family &&
  textOf(description, 'backbone').startsWith('mobilenet_v3_large');

/** LR-ASPP with MobileNetV3 of torchvision; the cases hold its two summands too. */
export const torchvisionLrAspp: NetworkCase = {
  matches: (description) => isFamily(description, 'lraspp'),
  build(description) {
    const graph = liteRaspp({ backbone: mobilenetV3(), numClasses: numberOf(description, 'classes') });
    const parts = { low_classifier: 'low_level/logits', high_classifier: 'context/logits' };
    return {
      graph: { ...graph, outputs: { ...graph.outputs, ...parts } },
      nameMap,
      upsample: upsampleOf(description),
    };
  },
};

/** DeepLab v3 with MobileNetV3 of torchvision: the rates of output stride 8, at 16. */
export const torchvisionMobilenetV3: NetworkCase = {
  matches: (description) => isFamily(description, 'deeplabv3'),
  build(description) {
    const graph = deeplabV3({
      backbone: mobilenetV3(),
      head: aspp({
        atrousRates: numbersOf(description, 'atrous_rates'),
        imagePooling: 'last',
        refine: true,
        dropout: 0.5,
      }),
      auxiliary: fcn({ input: 'c3First', channels: 10 }),
      numClasses: numberOf(description, 'classes'),
    });
    return { graph: withAuxiliaryNames(graph), nameMap, upsample: upsampleOf(description) };
  },
};
