import { vgg16 } from '@atrous/backbones/vgg16';
import type { Json } from '@atrous/core';
import { asppSum, largeFov, multiScaleFeatures, type LargeFovOptions } from '@atrous/heads';
import { deeplabV1, deeplabV2 } from '@atrous/models';
import { caffeVgg as nameMap } from '@atrous/weights';
import { isOwnModule, type OwnArguments, ownArguments } from './own-module.ts';
import type { NetworkCase } from './network-case.ts';

/** Arguments of the reference's module; it has the same defaults as `largeFov`. */
function largeFovOptions({ kernel, rate, width, avg }: OwnArguments): Partial<LargeFovOptions> {
  return {
    ...(typeof kernel === 'number' && { kernel }),
    ...(typeof rate === 'number' && { atrousRate: rate }),
    ...(typeof width === 'number' && { channels: width }),
    ...(typeof avg === 'boolean' && { averagePool: avg }),
  };
}

/** DeepLab v1 on VGG-16 with any form of fc6. */
const ownLargeFov: NetworkCase = {
  matches: (description) => isOwnModule(description, 'LargeFOV'),
  build(description) {
    const { args, classes: numClasses, outputStride } = ownArguments(description);
    const graph = deeplabV1({
      backbone: vgg16(),
      head: largeFov(largeFovOptions(args)),
      numClasses,
      outputStride,
    });
    return { graph, nameMap };
  },
};

/** DeepLab-MSc with LargeFOV. */
const ownMultiScale: NetworkCase = {
  matches: (description) => isOwnModule(description, 'MscLargeFOV'),
  build(description) {
    const { args, classes: numClasses, outputStride } = ownArguments(description);
    const graph = deeplabV1({
      backbone: vgg16(),
      head: largeFov(largeFovOptions(args)),
      multiScale: multiScaleFeatures(),
      numClasses,
      outputStride,
    });
    return { graph, nameMap };
  },
};

const isRates = (value: Json | undefined): value is readonly number[] =>
  Array.isArray(value) && value.every((rate) => typeof rate === 'number');

/** DeepLab v2 on VGG-16: ASPP-L, or S when its rates are given. */
const ownAsppSum: NetworkCase = {
  matches: (description) => isOwnModule(description, 'VGGASPP'),
  build(description) {
    const { args, classes: numClasses, outputStride } = ownArguments(description);
    const { rates, width } = args;
    const head = asppSum({
      numClasses,
      ...(isRates(rates) && { atrousRates: rates }),
      ...(typeof width === 'number' && { hiddenChannels: width }),
    });
    return { graph: deeplabV2({ backbone: vgg16(), head, outputStride }), nameMap };
  },
};

/** Networks of the time before batch normalisation, on VGG-16. */
export const ownVgg: readonly NetworkCase[] = [ownLargeFov, ownMultiScale, ownAsppSum];
