import type { CornerRule } from '@atrous/core';
import type { Scalar, Tensor3D, Tensor4D } from '@tensorflow/tfjs-core';

/**
 * How wrong scores are: one number that TensorFlow.js can differentiate, so that `grad` and optimisers take it.
 *
 * @param logits `[n, h, w, classes]`, before any softmax.
 * @param labels class ids `[n, h, w]`, int32. Pixels with the ignore label count nowhere.
 */
export interface Loss {
  (logits: Tensor4D, labels: Tensor3D): Scalar;
  /** The same of logits that are brought to the size of the labels by bilinear interpolation, if it has a faster way to that. */
  readonly atLabelSize?: (logits: Tensor4D, labels: Tensor3D, corners: CornerRule) => Scalar;
}

/** What every loss needs to know of the labels. */
export interface LabelOptions {
  /** Id of pixels that do not count. Default 255. */
  readonly ignoreLabel?: number | undefined;
}
