import { ShapeError } from '@atrous/core';
import {
  cast,
  logSoftmax,
  mul,
  neg,
  notEqual,
  oneHot,
  reshape,
  sum,
  where,
  zerosLike,
  type Tensor1D,
  type Tensor2D,
  type Tensor3D,
  type Tensor4D,
  type Rank,
} from '@tensorflow/tfjs-core';
import type { LabelOptions } from './loss.ts';

/** All pixels of a batch in a row. */
export interface LabelledPixels {
  /** Number of them, ignored ones included. */
  readonly count: number;
  readonly images: number;
  /** 1 for pixels that count, 0 for ignored ones, `[count]`. */
  readonly valid: Tensor1D;
  /** 1 for each pixel's class, `[count, classes]`; a row of zeros for ignored pixels. */
  readonly truth: Tensor2D;
  /** Logarithm of the probabilities, `[count, classes]`. */
  readonly logProbabilities: Tensor2D;
}

/**
 * @throws ShapeError when labels and logits differ in batch, height or width.
 */
export function labelledPixels(
  logits: Tensor4D,
  labels: Tensor3D,
  { ignoreLabel = 255 }: LabelOptions,
): LabelledPixels {
  const [images, height, width, classes] = logits.shape;
  if (labels.shape.join() !== [images, height, width].join())
    throw new ShapeError(`labels are [${labels.shape.join(', ')}], logits [${logits.shape.join(', ')}]`, {
      hint: 'wrap the loss in atLabelSize, or subsample the labels',
    });
  const count = images * height * width;
  const ids = reshape<Rank.R1>(labels, [count]);
  const counts = notEqual<Tensor1D>(ids, ignoreLabel);
  const valid = cast<Tensor1D>(counts, 'float32');
  const known = where(counts, ids, zerosLike(ids));
  const inside = oneHot(known, classes);
  return {
    count,
    images,
    valid,
    truth: mul<Tensor2D>(cast(inside, 'float32'), reshape(valid, [count, 1])),
    logProbabilities: logSoftmax(reshape<Rank.R2>(logits, [count, classes])),
  };
}

/** −log p of each pixel's class, `[count]`; 0 for ignored pixels. */
export const negativeLogLikelihood = ({ logProbabilities, truth }: LabelledPixels): Tensor1D =>
  neg(sum<Tensor1D>(mul(logProbabilities, truth), 1));
