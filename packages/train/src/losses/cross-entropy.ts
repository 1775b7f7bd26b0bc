import { ShapeError, type CornerRule } from '@atrous/core';
import {
  add,
  cast,
  matMul,
  mul,
  neg,
  notEqual,
  reshape,
  scalar,
  sum,
  tensor1d,
  type Scalar,
  type Tensor1D,
  type Tensor3D,
  type Tensor4D,
  type Rank,
} from '@tensorflow/tfjs-core';
import { resizedFirst } from './at-label-size.ts';
import { divideBySafe } from './divide.ts';
import { fusedCrossEntropy } from './fused-cross-entropy.ts';
import { labelledPixels, negativeLogLikelihood, type LabelledPixels } from './labelled-pixels.ts';
import type { LabelOptions, Loss } from './loss.ts';

/**
 * What the sum over pixels is divided by:
 *
 * - `weights`: sum of the weights of the pixels that count (PyTorch); without class weights their number;
 * - `none`: nothing;
 * - `non-zero-weights`: number of pixels that count and whose weight is not 0 (TensorFlow 1);
 * - `pixels`: number of all pixels, ignored ones included;
 * - `weights-and-images`: as `weights`, then by the number of images (jfzhang95).
 */
export type Normalization = 'weights' | 'none' | 'non-zero-weights' | 'pixels' | 'weights-and-images';

/** Options of {@link crossEntropy}. */
export interface CrossEntropyOptions extends LabelOptions {
  /** One positive number or 0 per class. Default: 1 for all. */
  readonly classWeights?: readonly number[] | undefined;
  /** Default `weights`. */
  readonly normalization?: Normalization | undefined;
  /** Share of the truth that is spread over all classes, 0 … 1. Default 0. */
  readonly labelSmoothing?: number | undefined;
}

function checkClassWeights(classWeights: readonly number[] | undefined, classes: number): void {
  if (classWeights !== undefined && classWeights.length !== classes)
    throw new ShapeError(`there are ${classWeights.length} class weights and ${classes} classes`, { code: 'OPTION' });
}

/** Weight of each pixel, `[count]`; 0 where it is ignored. */
export function pixelWeights({ truth, valid }: LabelledPixels, classWeights: readonly number[] | undefined): Tensor1D {
  if (classWeights === undefined) return valid;
  const classes = truth.shape[1];
  checkClassWeights(classWeights, classes);
  return reshape<Rank.R1>(matMul(truth, reshape<Rank.R2>(tensor1d([...classWeights]), [classes, 1])), [-1]);
}

/** Divides the sum over pixels as {@link Normalization} says. */
export function normalize(
  total: Scalar,
  weights: Tensor1D,
  { count, images }: LabelledPixels,
  normalization: Normalization,
): Scalar {
  switch (normalization) {
    case 'none':
      return total;
    case 'pixels':
      return divideBySafe(total, scalar(count));
    case 'non-zero-weights':
      return divideBySafe(total, sum(cast(notEqual(weights, 0), 'float32')));
    case 'weights':
      return divideBySafe(total, sum(weights));
    case 'weights-and-images':
      return divideBySafe(total, mul(sum(weights), images));
    default:
      return normalization satisfies never;
  }
}

/** −log p of all classes alike, each with its weight: what smoothed labels mix in, `[count]`. */
function towardsAllClasses({ logProbabilities, valid }: LabelledPixels, classWeights: readonly number[] | undefined) {
  const classes = logProbabilities.shape[1];
  const weighted = classWeights === undefined ? logProbabilities : mul(logProbabilities, tensor1d([...classWeights]));
  return mul(neg(sum<Tensor1D>(weighted, 1)), mul(valid, 1 / classes));
}

/**
 * Softmax cross-entropy: the loss of every DeepLab.
 *
 * @throws ShapeError (on use) when the number of class weights is not that of classes, or labels have another size than logits.
 */
export function crossEntropy(options: CrossEntropyOptions = {}): Loss {
  const { classWeights, normalization = 'weights', labelSmoothing = 0 } = options;
  const loss: Loss = (logits, labels) => {
    const pixels = labelledPixels(logits, labels, options);
    const weights = pixelWeights(pixels, classWeights);
    const hard = mul(negativeLogLikelihood(pixels), weights);
    const perPixel =
      labelSmoothing === 0
        ? hard
        : add(mul(hard, 1 - labelSmoothing), mul(towardsAllClasses(pixels, classWeights), labelSmoothing));
    return normalize(sum<Scalar>(perPixel), weights, pixels, normalization);
  };
  const composed = resizedFirst(loss);
  return Object.assign(loss, {
    atLabelSize(logits: Tensor4D, labels: Tensor3D, corners: CornerRule) {
      checkClassWeights(classWeights, logits.shape[3]);
      return fusedCrossEntropy(logits, labels, corners, options) ?? composed(logits, labels, corners);
    },
  });
}
