import type { NameMap } from '../name-map.ts';
import { googleScopes } from './google-layers.ts';
import { layerAndRole } from './own-names.ts';

const isDepthwise = (scope: string): boolean => /[/_]depthwise$/.test(scope);

/** Variables of Google's TensorFlow checkpoints and frozen graphs: `MobilenetV2/expanded_conv_1/expand/BatchNorm/gamma`. */
export const googleCheckpoint: NameMap = {
  name: 'google',
  description: "Variables of Google's DeepLab checkpoints (TensorFlow), with batch normalisation",
  layout: 'hwio',
  sourcesOf(param) {
    const found = layerAndRole(param);
    if (found === undefined) return [];
    return googleScopes(found.layer).map((scope) => {
      if (found.role === 'biases') return `${scope}/biases`;
      if (found.role !== 'weights') return `${scope}/BatchNorm/${found.role}`;
      return isDepthwise(scope) ? `${scope}/depthwise_weights` : `${scope}/weights`;
    });
  },
  ignores: (name) => /\/Momentum$|\/ExponentialMovingAverage$|^global_step$/.test(name),
};

/** Constants of Google's DeepLab in TensorFlow Lite, batch normalisation folded: `MobilenetV2/Conv/Conv2D_bias`. */
export const googleTflite: NameMap = {
  name: 'google-tflite',
  description: "Google's DeepLab in TensorFlow Lite, batch normalisation folded",
  layout: 'ohwi',
  sourcesOf(param) {
    const found = layerAndRole(param);
    if (found === undefined) return [];
    return googleScopes(found.layer).flatMap((scope) => {
      const depthwise = isDepthwise(scope);
      if (found.role === 'weights') return [depthwise ? `${scope}/depthwise_weights` : `${scope}/weights`];
      if (found.role === 'biases') return [depthwise ? `${scope}/depthwise_bias` : `${scope}/Conv2D_bias`];
      return [];
    });
  },
  ignores: (name) => /^(ResizeBilinear|strided_slice)/.test(name),
};

/** Google's DeepLab as one array per tensor, batch normalisation folded: `MobilenetV2_Conv_Conv2D_bn_offset`. */
export const googleFolded: NameMap = {
  name: 'google-folded',
  description: "Google's DeepLab as .npy arrays, batch normalisation folded",
  layout: 'ohwi',
  sourcesOf(param) {
    const found = layerAndRole(param);
    if (found === undefined) return [];
    return googleScopes(found.layer).flatMap((path) => {
      const scope = path.replaceAll('/', '_');
      const depthwise = isDepthwise(scope);
      if (found.role === 'weights') return [depthwise ? `${scope}_depthwise` : `${scope}_Conv2D`];
      if (found.role !== 'biases') return [];
      if (depthwise) return [`${scope}_depthwise_bn_offset`, `${scope}_BatchNorm_FusedBatchNorm`];
      return [`${scope}_Conv2D_bn_offset`, `${scope}_biases`];
    });
  },
};
