import {
  add,
  addN,
  cast,
  concat,
  cumsum,
  div,
  exp,
  gather,
  greater,
  mul,
  onesLike,
  reshape,
  scatterND,
  slice,
  split,
  sub,
  sum,
  tensor1d,
  topk,
  where,
  type Scalar,
  type Tensor1D,
  type Tensor3D,
  type Tensor4D,
  type Rank,
} from '@tensorflow/tfjs-core';
import { divideBySafe } from './divide.ts';
import { labelledPixels } from './labelled-pixels.ts';
import type { LabelOptions, Loss } from './loss.ts';
import { withoutGradient } from './without-gradient.ts';

/** Options of {@link lovasz}. */
export interface LovaszOptions extends LabelOptions {
  /** Classes whose losses are averaged: those in the truth, or all. Default `present`. */
  readonly classes?: 'present' | 'all' | undefined;
  /** Whether every image is scored alone and the scores averaged; otherwise the batch as one. Default false. */
  readonly perImage?: boolean | undefined;
}

/** How much the Jaccard loss grows with each further error, the errors in falling order. */
function growth(sortedTruth: Tensor1D): Tensor1D {
  const total = sum(sortedTruth);
  const intersection = sub(total, cumsum(sortedTruth));
  const union = add(total, cumsum(sub(1, sortedTruth)));
  const loss = sub<Tensor1D>(1, div(intersection, union));
  const before = concat([tensor1d([0]), slice(loss, 0, loss.size - 1)]);
  return sub(loss, before);
}

/** The extension of one class's Jaccard loss from decisions to errors between 0 and 1. */
function classLoss(probabilities: Tensor1D, truth: Tensor1D, valid: Tensor1D): Scalar {
  // |truth − probability|, as truth is 0 or 1
  const errors = mul<Tensor1D>(sub(add(probabilities, truth), mul(mul(probabilities, truth), 2)), valid);
  const weights = withoutGradient((constant: Tensor1D) => {
    const candidates = where(cast(valid, 'bool'), constant, mul(onesLike(constant), -1));
    const { indices } = topk(candidates, candidates.size);
    return scatterND<Rank.R1>(reshape(indices, [-1, 1]), growth(gather(truth, indices)), [candidates.size]);
  }, errors);
  return sum<Scalar>(mul(errors, weights));
}

/**
 * Lovász-softmax loss: a convex extension of the Jaccard loss, so that what falls is intersection over union itself.
 *
 * @throws ShapeError (on use) when labels have another size than logits.
 * @see Berman, Triki and Blaschko 2018, "The Lovász-Softmax Loss", §3, arXiv:1705.08790
 */
export function lovasz(options: LovaszOptions = {}): Loss {
  const { classes = 'present', perImage = false } = options;
  const ofBatch: Loss = (logits, labels) => {
    const { logProbabilities, truth, valid } = labelledPixels(logits, labels, options);
    const columns = (x: typeof truth): Tensor1D[] =>
      split(x, x.shape[1], 1).map((column) => reshape<Rank.R1>(column, [-1]));
    const probabilities = columns(exp(logProbabilities));
    const truths = columns(truth);
    const present = truths.map((of) =>
      classes === 'all' ? onesLike(sum<Scalar>(of)) : cast<Scalar>(greater(sum(of), 0), 'float32'),
    );
    const losses = truths.map((of, id) => mul<Scalar>(classLoss(probabilities[id]!, of, valid), present[id]!));
    return divideBySafe(addN(losses), addN(present));
  };
  if (!perImage) return ofBatch;
  return (logits, labels) => {
    const images = split<Tensor4D>(logits, logits.shape[0]);
    const masks = split<Tensor3D>(labels, labels.shape[0]);
    return div<Scalar>(addN(images.map((image, i) => ofBatch(image, masks[i]!))), images.length);
  };
}
