import { mobilenetV2 } from '@atrous/backbones/mobilenet-v2';
import type { Json } from '@atrous/core';
import { aspp } from '@atrous/heads';
import { deeplabV3 } from '@atrous/models';
import { huggingFace as nameMap } from '@atrous/weights';
import type { NetworkCase } from './network-case.ts';

/** What the configuration of a Hugging Face network says, where our network depends on it. */
interface Config {
  readonly depth_multiplier: number;
  readonly depth_divisible_by: number;
  readonly output_stride: number;
  readonly tf_padding: boolean;
  readonly layer_norm_eps: number;
  readonly num_labels: number;
}

const isConfig = (config: Json | undefined): boolean =>
  typeof config === 'object' &&
  config !== null &&
  ['depth_multiplier', 'depth_divisible_by', 'output_stride', 'layer_norm_eps', 'num_labels'].every(
    (property) => typeof (config as Readonly<Record<string, Json>>)[property] === 'number',
  );

/** DeepLab v3 with MobileNetV2 of Hugging Face Transformers: Google's network, so the head's epsilon is not the backbone's. */
export const huggingFace: NetworkCase = {
  matches: ({ source, family, config }) =>
    source === 'huggingface/transformers' &&
    typeof family === 'string' &&
    family.startsWith('deeplabv3 mobilenet_v2') &&
    isConfig(config),
  build({ config }) {
    const options = config as unknown as Config;
    const graph = deeplabV3({
      backbone: mobilenetV2({
        depthMultiplier: options.depth_multiplier,
        divisor: options.depth_divisible_by,
        padding: options.tf_padding ? 'same' : 'symmetric',
        epsilon: options.layer_norm_eps,
      }),
      head: aspp({ atrousRates: [] }),
      numClasses: options.num_labels,
      outputStride: options.output_stride,
    });
    return { graph, nameMap };
  },
};
