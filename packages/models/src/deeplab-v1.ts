import { createGraphBuilder, type Backbone, type Graph, type Head } from '@atrous/core';
import { largeFov } from '@atrous/heads';
import { checkOutputStride } from './check-output-stride.ts';
import { classify } from './classify.ts';
import { imageInput, type ImageInputOptions } from './image-input.ts';

/** Options of {@link deeplabV1}. */
export interface DeeplabV1Options extends ImageInputOptions {
  /** Of the paper: `vgg16()`. */
  readonly backbone: Backbone;
  /** The layers that once were fully connected. Default `largeFov()`. */
  readonly head?: Head;
  /** Joins finer features to the head's: `multiScaleFeatures()` makes it DeepLab-MSc. Default none. */
  readonly multiScale?: Head;
  /** Background counts. Default 21, PASCAL VOC. */
  readonly numClasses?: number;
  /** Image pixels between neighbouring logits. Default 8, the paper's. */
  readonly outputStride?: number;
}

/**
 * DeepLab v1: a classification network made fully convolutional, kept dense by the hole algorithm.
 *
 * @returns a graph from `image` `[n, h, w, inputChannels]` to `logits` `[n, h / outputStride, w / outputStride, numClasses]`.
 * @throws ShapeError when the backbone cannot have that output stride.
 * @see Chen et al. 2014, "Semantic Image Segmentation with Deep Convolutional Nets and Fully Connected CRFs", arXiv:1412.7062
 */
export function deeplabV1(options: DeeplabV1Options): Graph {
  const { backbone, head = largeFov(), multiScale, numClasses = 21, outputStride = 8 } = options;
  const builder = createGraphBuilder({ outputStride });
  const image = imageInput(builder, options);
  const features = backbone.build(builder.scope('backbone'), image);
  checkOutputStride(backbone, features, outputStride);
  const context = head.build(builder.scope('head'), features, image);
  const joined = multiScale
    ? multiScale.build(builder.scope('multi_scale'), { ...features, context: builder.feature(context) }, image)
    : context;
  return builder.build({ logits: classify(builder, joined, numClasses) });
}
