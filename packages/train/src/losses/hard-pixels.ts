import {
  cast,
  exp,
  gather,
  greater,
  less,
  logicalAnd,
  maximum,
  minimum,
  mul,
  neg,
  onesLike,
  reshape,
  scatterND,
  sub,
  sum,
  topk,
  where,
  type Scalar,
  type Tensor1D,
  type Rank,
} from '@tensorflow/tfjs-core';
import { divideBySafe } from './divide.ts';
import { labelledPixels, negativeLogLikelihood } from './labelled-pixels.ts';
import type { LabelOptions, Loss } from './loss.ts';
import { withoutGradient } from './without-gradient.ts';

/** Options of {@link hardPixelCrossEntropy}: pixels below a probability, or a share of all. */
export type HardPixelOptions = LabelOptions &
  (
    | {
        /** Pixels count whose class has a smaller probability, 0 … 1. */
        readonly threshold: number;
        /** At least so many pixels count, the hardest: the threshold is raised for it. */
        readonly minKept: number;
      }
    | {
        /** Share of all pixels, ignored ones included, that counts: those with the largest loss, 0 … 1. */
        readonly fraction: number;
      }
  );

/** Larger than any probability: behind every pixel that counts. */
const LAST = 2;

/** Pixels less probable than the threshold, or than the `minKept`th of all. */
function belowThreshold(losses: Tensor1D, valid: Tensor1D, threshold: number, minKept: number): Tensor1D {
  const counts = cast(valid, 'bool');
  const probabilities = exp(neg(losses));
  const candidates = where(counts, probabilities, mul(onesLike(probabilities), LAST));
  const { values } = topk(neg(candidates), Math.min(minKept + 1, losses.size));
  const last = minimum(minKept, maximum(sub(sum(valid), 1), 0));
  const kth = neg(gather(values, reshape<Rank.R1>(cast(last, 'int32'), [1])));
  return cast(logicalAnd(counts, less(probabilities, maximum(kth, threshold))), 'float32');
}

/** The pixels with the largest losses. */
function largest(losses: Tensor1D, fraction: number): Tensor1D {
  const count = Math.floor(fraction * losses.size);
  const { values, indices } = topk(losses, count);
  const nonZero = cast(greater(values, 0), 'float32');
  return scatterND<Rank.R1>(reshape(indices, [count, 1]), nonZero, [losses.size]);
}

/**
 * Cross-entropy of the hardest pixels alone (online hard example mining), averaged over them.
 *
 * With `threshold`, as in most of PyTorch; with `fraction`, as in TensorFlow's DeepLab once its mining is in full swing.
 *
 * @throws ShapeError (on use) when labels have another size than logits.
 * @see Shrivastava, Gupta and Girshick 2016, "Training Region-based Object Detectors with Online Hard Example Mining", arXiv:1604.03540
 */
export const hardPixelCrossEntropy =
  (options: HardPixelOptions): Loss =>
  (logits, labels) => {
    const pixels = labelledPixels(logits, labels, options);
    const losses = negativeLogLikelihood(pixels);
    const weights = withoutGradient((constant: Tensor1D) => {
      const kept =
        'fraction' in options
          ? largest(constant, options.fraction)
          : belowThreshold(constant, pixels.valid, options.threshold, options.minKept);
      return divideBySafe<Tensor1D>(kept, sum(kept));
    }, losses);
    return sum<Scalar>(mul(losses, weights));
  };
