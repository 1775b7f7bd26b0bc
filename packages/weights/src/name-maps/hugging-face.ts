import { mobilenetV2Layer } from './own-names.ts';
import { torchNameMap } from './torch-name-map.ts';

const LAYERS: Readonly<Record<string, string>> = {
  'backbone/stem': 'mobilenet_v2.conv_stem.first_conv',
  'head/image_pooling': 'segmentation_head.conv_pool',
  'head/aspp0': 'segmentation_head.conv_aspp',
  'head/concat_projection': 'segmentation_head.conv_projection',
  logits: 'segmentation_head.classifier',
};

const PARTS = { expand: 'expand_1x1', depthwise: 'conv_3x3', project: 'reduce_1x1' } as const;

function moduleOf(layer: string): string | undefined {
  const mobile = mobilenetV2Layer(layer);
  if (mobile === undefined || mobile.part === 'stem') return LAYERS[layer];
  // The first block, which has no expansion, counts as part of the stem.
  const block = mobile.block === 1 ? 'conv_stem' : `layer.${mobile.block - 2}`;
  return `mobilenet_v2.${block}.${PARTS[mobile.part]}`;
}

/** `MobileNetV2ForSemanticSegmentation` of Hugging Face Transformers. */
export const huggingFace = torchNameMap({
  name: 'hugging-face',
  description: 'DeepLab v3 with MobileNetV2 of Hugging Face Transformers',
  modulesOf(layer) {
    const path = moduleOf(layer);
    return path === undefined ? [] : [{ conv: `${path}.convolution`, norm: `${path}.normalization` }];
  },
  // The last convolution of the classification network, which no segmentation head reads.
  ignored: /^mobilenet_v2\.conv_1x1\./,
});
