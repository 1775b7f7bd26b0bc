import {
  add,
  div,
  exp,
  reshape,
  mean,
  mul,
  sub,
  sum,
  type Scalar,
  type Tensor1D,
  type Tensor2D,
} from '@tensorflow/tfjs-core';
import { labelledPixels, type LabelledPixels } from './labelled-pixels.ts';
import type { LabelOptions, Loss } from './loss.ts';

/** Options of {@link dice} and {@link jaccard}. */
export interface OverlapOptions extends LabelOptions {
  /** Added above and below the line, so that absent classes score 1. Default 1e-5. */
  readonly smoothing?: number | undefined;
  /** `none`: not at all. `predicted`: what is predicted on ignored pixels counts as wrong (bubbliiiing). Default `none`. */
  readonly ignoredCount?: 'none' | 'predicted' | undefined;
}

/** Soft counts of each class over the whole batch, `[classes]`. */
interface Overlap {
  readonly truePositives: Tensor1D;
  readonly falsePositives: Tensor1D;
  readonly falseNegatives: Tensor1D;
}

function overlapOf({ logProbabilities, truth, valid }: LabelledPixels, ignoredCount: 'none' | 'predicted'): Overlap {
  const probabilities = exp(logProbabilities);
  const counted = ignoredCount === 'none' ? mul<Tensor2D>(probabilities, reshape(valid, [-1, 1])) : probabilities;
  const truePositives = sum<Tensor1D>(mul(counted, truth), 0);
  return {
    truePositives,
    falsePositives: sub(sum<Tensor1D>(counted, 0), truePositives),
    falseNegatives: sub(sum<Tensor1D>(truth, 0), truePositives),
  };
}

/** 1 less the mean score of classes. */
const overlapLoss =
  (score: (overlap: Overlap, smoothing: number) => Tensor1D, options: OverlapOptions): Loss =>
  (logits, labels) => {
    const { smoothing = 1e-5, ignoredCount = 'none' } = options;
    const overlap = overlapOf(labelledPixels(logits, labels, options), ignoredCount);
    return sub<Scalar>(1, mean(score(overlap, smoothing)));
  };

/** Options of {@link dice}. */
export interface DiceOptions extends OverlapOptions {
  /** Above 1, missed pixels weigh more than pixels too many: the F-measure's β. Default 1. */
  readonly beta?: number | undefined;
}

/**
 * Dice loss: 1 less the mean F-measure of classes, of probabilities instead of decisions.
 *
 * @throws ShapeError (on use) when labels have another size than logits.
 * @see Milletari, Navab and Ahmadi 2016, "V-Net", §3, arXiv:1606.04797
 */
export function dice({ beta = 1, ...options }: DiceOptions = {}): Loss {
  const square = beta * beta;
  return overlapLoss(({ truePositives, falsePositives, falseNegatives }, smoothing) => {
    const above = add(mul(truePositives, 1 + square), smoothing);
    return div(above, add(above, add(mul(falseNegatives, square), falsePositives)));
  }, options);
}

/**
 * Jaccard loss: 1 less the mean intersection over union of classes, of probabilities instead of decisions.
 *
 * @throws ShapeError (on use) when labels have another size than logits.
 */
export const jaccard = (options: OverlapOptions = {}): Loss =>
  overlapLoss(({ truePositives, falsePositives, falseNegatives }, smoothing) => {
    const above = add(truePositives, smoothing);
    return div(above, add(above, add(falseNegatives, falsePositives)));
  }, options);
