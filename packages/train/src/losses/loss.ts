import type { Scalar, Tensor3D, Tensor4D } from '@tensorflow/tfjs-core';

/**
 * How wrong scores are: one number that TensorFlow.js can differentiate, so that `grad` and optimisers take it.
 *
 * @param logits `[n, h, w, classes]`, before any softmax.
 * @param labels class ids `[n, h, w]`, int32. Pixels with the ignore label count nowhere.
 */
export type Loss = (logits: Tensor4D, labels: Tensor3D) => Scalar;

/** What every loss needs to know of the labels. */
export interface LabelOptions {
  /** Id of pixels that do not count. Default 255. */
  readonly ignoreLabel?: number | undefined;
}
