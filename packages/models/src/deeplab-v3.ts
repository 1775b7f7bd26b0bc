import { createGraphBuilder, type Backbone, type Graph, type Head } from '@atrous/core';
import { aspp } from '@atrous/heads';
import { auxiliaryOutput } from './auxiliary-output.ts';
import { checkOutputStride } from './check-output-stride.ts';
import { classify } from './classify.ts';
import { imageInput, type ImageInputOptions } from './image-input.ts';

/** Options of {@link deeplabV3}. */
export interface DeeplabV3Options extends ImageInputOptions {
  readonly backbone: Backbone;
  /** Context module. Default `aspp()`. */
  readonly head?: Head;
  /** A second head, on earlier features, that helps training: the output `auxiliary`. Default none. */
  readonly auxiliary?: Head;
  /** Background counts. Default 21, PASCAL VOC. */
  readonly numClasses?: number;
  /** Image pixels between neighbouring logits: 8 is more accurate, 16 three times cheaper. Default 16. */
  readonly outputStride?: number;
}

/**
 * DeepLab v3: a backbone kept dense by atrous convolution, a context module, a classifier.
 *
 * @returns a graph from `image` `[n, h, w, inputChannels]` to `logits` `[n, h / outputStride, w / outputStride, numClasses]`, and to `auxiliary` when there is such a head.
 * @throws ShapeError when the backbone cannot have that output stride.
 * @see Chen et al. 2017, "Rethinking Atrous Convolution for Semantic Image Segmentation", arXiv:1706.05587
 */
export function deeplabV3(options: DeeplabV3Options): Graph {
  const { backbone, head = aspp(), auxiliary, numClasses = 21, outputStride = 16 } = options;
  const builder = createGraphBuilder({ outputStride });
  const image = imageInput(builder, options);
  const features = backbone.build(builder.scope('backbone'), image);
  const context = builder.feature(head.build(builder.scope('head'), features, image));
  // A cascade of blocks goes on where the backbone ends.
  checkOutputStride(backbone, { ...features, context }, outputStride);
  const logits = classify(builder, context.node, numClasses);
  return builder.build({ logits, ...auxiliaryOutput(builder, features, image, auxiliary, numClasses) });
}
