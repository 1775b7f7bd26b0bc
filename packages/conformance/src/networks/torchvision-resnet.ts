import { resnet } from '@atrous/backbones/resnet';
import { aspp, fcn } from '@atrous/heads';
import { deeplabV3 } from '@atrous/models';
import { torchvisionSegmentation as nameMap } from '@atrous/weights';
import { numberOf, numbersOf, resnetDepthOf, textOf, upsampleOf, withAuxiliaryNames } from './description.ts';
import type { NetworkCase, NetworkDescription } from './network-case.ts';

/** Cases of FCN say their output stride beside the backbone: `resnet50 OS8`. */
function outputStrideOf(description: NetworkDescription): number {
  const [, stated] = /\bOS(\d+)/.exec(textOf(description, 'backbone')) ?? [];
  return stated === undefined ? numberOf(description, 'output_stride') : Number(stated);
}

function headOf(description: NetworkDescription, outputStride: number) {
  if (description.family === 'fcn') return fcn();
  const atrousRates = numbersOf(description, 'atrous_rates').map((rate) => (rate * outputStride) / 16);
  return aspp({ atrousRates, imagePooling: 'last', refine: true, dropout: 0.5 });
}

/** DeepLab v3 and FCN with ResNet of torchvision. */
export const torchvisionResnet: NetworkCase = {
  matches: (description) =>
    textOf(description, 'source').startsWith('torchvision') &&
    (description.family === 'deeplabv3' || description.family === 'fcn') &&
    resnetDepthOf(description) !== undefined,
  build(description) {
    const outputStride = outputStrideOf(description);
    const graph = deeplabV3({
      backbone: resnet({ depth: resnetDepthOf(description) ?? 50 }),
      head: headOf(description, outputStride),
      auxiliary: fcn({ input: 'c4', channels: 256 }),
      numClasses: numberOf(description, 'classes'),
      outputStride,
    });
    return { graph: withAuxiliaryNames(graph), nameMap, upsample: upsampleOf(description) };
  },
};
