import { checkChoice } from '@atrous/atrous-ops';
import { cornerRules, createGraphBuilder, ShapeError, type CornerRule, type Graph } from '@atrous/core';
import { lrAspp } from '@atrous/heads';
import { checkOutputStride } from './check-output-stride.ts';
import { classify } from './classify.ts';
import type { DeeplabV3Options } from './deeplab-v3.ts';
import { imageInput } from './image-input.ts';

/** Options of {@link liteRaspp}. */
export interface LiteRasppOptions extends DeeplabV3Options {
  /** Level of the backbone's features that fine scores are made of. Default `c3First`, torchvision's. */
  readonly lowLevel?: string;
  /** Corner rule of the enlargement of the context. Default `halfPixel`, torchvision's; Google's is `alignCorners`. */
  readonly corners?: CornerRule;
}

/**
 * The segmentation network of MobileNetV3: scores of the gated context, enlarged, and scores of low-level features, added.
 *
 * @returns a graph from `image` `[n, h, w, inputChannels]` to `logits` `[n, h / 8, w / 8, numClasses]`, at the stride of the low-level features.
 * @throws ShapeError when the backbone cannot have that output stride, or has no such level.
 * @see Howard et al. 2019, "Searching for MobileNetV3", §6.4, arXiv:1905.02244
 */
export function liteRaspp(options: LiteRasppOptions): Graph {
  const { backbone, head = lrAspp(), numClasses = 21, outputStride = 16 } = options;
  const { lowLevel = 'c3First', corners = 'halfPixel' } = options;
  checkChoice('corners', corners, cornerRules);
  const builder = createGraphBuilder({ outputStride });
  const image = imageInput(builder, options);
  const features = backbone.build(builder.scope('backbone'), image);
  checkOutputStride(backbone, features, outputStride);
  const fine = Object.hasOwn(features, lowLevel) ? features[lowLevel] : undefined;
  if (fine === undefined)
    throw new ShapeError(`lite-raspp needs the feature "${lowLevel}", which "${backbone.name}" does not have`, {
      hint: `it has ${Object.keys(features).join(', ')}`,
    });
  const context = head.build(builder.scope('head'), features, image);
  const enlarged = builder.resizeBilinear(context, { name: 'enlarge', corners, like: fine.node });
  const scores = [
    classify(builder.scope('context'), enlarged, numClasses),
    classify(builder.scope('low_level'), fine.node, numClasses),
  ];
  return builder.build({ logits: builder.add(scores, { name: 'logits' }) });
}
