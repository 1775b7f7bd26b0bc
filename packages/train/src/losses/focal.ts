import { exp, maximum, mul, neg, pow, sub, sum, type Scalar, type Tensor } from '@tensorflow/tfjs-core';
import { crossEntropy, normalize, pixelWeights, type CrossEntropyOptions } from './cross-entropy.ts';
import { labelledPixels, negativeLogLikelihood } from './labelled-pixels.ts';
import type { LabelOptions, Loss } from './loss.ts';

/** Options of {@link focalOfMean}. */
export interface FocalOfMeanOptions extends LabelOptions {
  /** How much easy pixels are passed over, 0 or more. Default 2. */
  readonly gamma?: number | undefined;
  /** Factor of the whole. Default 1. */
  readonly alpha?: number | undefined;
  /** One positive number or 0 per class. Default: 1 for all. */
  readonly classWeights?: readonly number[] | undefined;
}

/** Options of {@link focal}. */
export interface FocalOptions extends FocalOfMeanOptions, Pick<CrossEntropyOptions, 'normalization'> {}

/** Below it, a power less than 1 would have an infinite slope. */
const SMALLEST_DOUBT = 1e-7;

/** `α · (1 − e^−l)^γ · l`. */
const focus = <T extends Tensor>(loss: T, gamma: number, alpha: number): T => {
  const doubt = maximum(sub(1, exp(neg(loss))), SMALLEST_DOUBT);
  return mul(mul(pow(doubt, gamma), loss), alpha);
};

/**
 * Focal loss: cross-entropy in which pixels that are already right count little.
 *
 * @throws ShapeError (on use) as {@link crossEntropy}.
 * @see Lin et al. 2017, "Focal Loss for Dense Object Detection", §3.2, arXiv:1708.02002
 */
export function focal(options: FocalOptions = {}): Loss {
  const { gamma = 2, alpha = 1, classWeights, normalization = 'weights' } = options;
  return (logits, labels) => {
    const pixels = labelledPixels(logits, labels, options);
    const weights = pixelWeights(pixels, classWeights);
    const losses = mul(negativeLogLikelihood(pixels), weights);
    return normalize(sum<Scalar>(focus(losses, gamma, alpha)), weights, pixels, normalization);
  };
}

/**
 * The focal loss of jfzhang95: batches, not pixels, that are already right count little. The mean cross-entropy of the batch is taken for that
 * of one pixel, and the result divided by the number of images.
 *
 * @throws ShapeError (on use) as {@link crossEntropy}.
 */
export function focalOfMean({ gamma = 2, alpha = 1, ...options }: FocalOfMeanOptions = {}): Loss {
  const mean = crossEntropy(options);
  return (logits, labels) => focus(mean(logits, labels), gamma, alpha / logits.shape[0]);
}
