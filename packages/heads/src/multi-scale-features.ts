import { checkCount, convRelu } from '@atrous/atrous-ops';
import { defineHead, type GraphBuilder, type Node } from '@atrous/core';
import { featureOf } from './feature-of.ts';

/** Options of {@link multiScaleFeatures}. The defaults are the paper's. */
export interface MultiScaleFeaturesOptions {
  /** Levels that are read besides the image: in VGG-16 the first four pools. */
  readonly levels: readonly string[];
  /** Channels that each of them, and the image, adds. */
  readonly channels: number;
}

/** Two layers of a perceptron, the first with the stride that brings a map to the size of the context. */
function tap(
  builder: GraphBuilder,
  x: Node,
  stride: number,
  { image, filters }: { readonly image: Node; readonly filters: number },
): Node {
  const spatial = convRelu(builder, x, {
    name: 'conv3',
    filters,
    kernel: 3,
    stride,
    padding: 'symmetric',
    nominal: true,
    // Neighbouring units at every output stride: the image is never denser.
    densityOf: image,
  });
  return convRelu(builder, spatial, { name: 'conv1', filters, kernel: 1 });
}

/**
 * The multi-scale features of DeepLab-MSc: beside the last feature map, what small networks make of the image and of earlier maps.
 *
 * Reads the feature `context` (the result of another head), `levels` and the image; gives `[n, h, w, c + channels · (1 + levels)]` at the
 * stride of the context, in that order. Images need a multiple of the output stride and one pixel in height and width.
 *
 * @see Chen et al. 2014, "Semantic Image Segmentation with Deep Convolutional Nets and Fully Connected CRFs", §4.3, arXiv:1412.7062
 */
export const multiScaleFeatures = defineHead({
  name: 'multi-scale-features',
  description: 'Features of the image and of earlier levels beside the context (DeepLab-MSc)',
  defaults: { levels: ['c1', 'c2', 'c3', 'c4'], channels: 128 },
  build(builder, features, image, { levels, channels }: MultiScaleFeaturesOptions) {
    checkCount('channels', channels);
    const options = { image, filters: channels };
    const context = featureOf(features, 'context', 'multi-scale-features');
    const earlier = levels.map((level) => {
      const { node, nominalStride } = featureOf(features, level, 'multi-scale-features');
      return tap(builder.scope(level), node, context.nominalStride / nominalStride, options);
    });
    const ofImage = tap(builder.scope('image'), image, context.nominalStride, options);
    return builder.concat([context.node, ofImage, ...earlier], { name: 'concat' });
  },
});
