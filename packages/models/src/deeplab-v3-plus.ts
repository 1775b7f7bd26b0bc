import { createGraphBuilder, type Graph, type Head } from '@atrous/core';
import { aspp, decoder as deeplabDecoder } from '@atrous/heads';
import { auxiliaryOutput } from './auxiliary-output.ts';
import { checkOutputStride } from './check-output-stride.ts';
import { classify } from './classify.ts';
import type { DeeplabV3Options } from './deeplab-v3.ts';
import { imageInput } from './image-input.ts';

/** Options of {@link deeplabV3Plus}. */
export interface DeeplabV3PlusOptions extends DeeplabV3Options {
  /** Default `decoder()`. */
  readonly decoder?: Head;
}

/**
 * DeepLab v3+: DeepLab v3 as the encoder, and a decoder that recovers edges from low-level features.
 *
 * @returns a graph from `image` `[n, h, w, inputChannels]` to `logits` `[n, h / 4, w / 4, numClasses]`, at the stride of the low-level features.
 * @throws ShapeError when the backbone cannot have that output stride, or lacks the features that the decoder reads.
 * @see Chen et al. 2018, "Encoder-Decoder with Atrous Separable Convolution for Semantic Image Segmentation", arXiv:1802.02611
 */
export function deeplabV3Plus(options: DeeplabV3PlusOptions): Graph {
  const {
    backbone,
    head = aspp(),
    decoder = deeplabDecoder(),
    auxiliary,
    numClasses = 21,
    outputStride = 16,
  } = options;
  const builder = createGraphBuilder({ outputStride });
  const image = imageInput(builder, options);
  const features = backbone.build(builder.scope('backbone'), image);
  checkOutputStride(backbone, features, outputStride);
  const context = builder.feature(head.build(builder.scope('head'), features, image));
  const refined = decoder.build(builder.scope('decoder'), { ...features, context }, image);
  const logits = classify(builder, refined, numClasses);
  return builder.build({ logits, ...auxiliaryOutput(builder, features, image, auxiliary, numClasses) });
}
