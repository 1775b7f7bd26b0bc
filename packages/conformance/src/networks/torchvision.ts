import { mobilenetV3 } from '@atrous/backbones/mobilenet-v3';
import type { Json } from '@atrous/core';
import { liteRaspp } from '@atrous/models';
import { torchvisionSegmentation as nameMap } from '@atrous/weights';
import { numberOf, upsampleOf } from './description.ts';
import type { NetworkCase, NetworkDescription } from './network-case.ts';

const startsWith = (value: Json | undefined, start: string): boolean =>
  typeof value === 'string' && value.startsWith(start);

const isTorchvision = ({ source }: NetworkDescription): boolean => startsWith(source, 'torchvision ');

/** LR-ASPP with MobileNetV3 of torchvision, which has it at output stride 16 only; the cases hold its two summands too. */
export const torchvisionLrAspp: NetworkCase = {
  matches: (description) =>
    isTorchvision(description) &&
    description.family === 'lraspp' &&
    startsWith(description.backbone, 'mobilenet_v3_large'),
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
