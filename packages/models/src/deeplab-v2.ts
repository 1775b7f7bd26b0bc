import { createGraphBuilder, type Backbone, type Graph, type Head } from '@atrous/core';
import { asppSum } from '@atrous/heads';
import { checkOutputStride } from './check-output-stride.ts';
import { imageInput, type ImageInputOptions } from './image-input.ts';

/** Options of {@link deeplabV2}. */
export interface DeeplabV2Options extends ImageInputOptions {
  readonly backbone: Backbone;
  /** Gives the scores of the classes. Default `asppSum()`: ASPP-L on VGG-16, 21 classes. */
  readonly head?: Head;
  /** Image pixels between neighbouring logits. Default 8, the paper's. */
  readonly outputStride?: number;
}

/**
 * DeepLab v2: a backbone kept dense by atrous convolution, and classifiers at several rates whose scores are summed.
 *
 * @returns a graph from `image` `[n, h, w, inputChannels]` to `logits` `[n, h / outputStride, w / outputStride, classes]`.
 * @throws ShapeError when the backbone cannot have that output stride.
 * @see Chen et al. 2016, "DeepLab: Semantic Image Segmentation with Deep Convolutional Nets, Atrous Convolution, and Fully Connected CRFs", arXiv:1606.00915
 */
export function deeplabV2(options: DeeplabV2Options): Graph {
  const { backbone, head = asppSum(), outputStride = 8 } = options;
  const builder = createGraphBuilder({ outputStride });
  const image = imageInput(builder, options);
  const features = backbone.build(builder.scope('backbone'), image);
  checkOutputStride(backbone, features, outputStride);
  return builder.build({ logits: head.build(builder.scope('head'), features, image) });
}
