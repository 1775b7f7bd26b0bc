import { resizeTaps, type CornerRule } from '@atrous/core';
import { fusedKernels, type CrossEntropySums } from '@atrous/runtime-tfjs';
import {
  customGrad,
  mul,
  scalar,
  type GradSaveFunc,
  type Scalar,
  type Tensor3D,
  type Tensor4D,
} from '@tensorflow/tfjs-core';
import { divideBySafe } from './divide.ts';
import type { CrossEntropyOptions } from './cross-entropy.ts';

/** What one axis of the labels reads of the logits. */
const tapsOf = (corners: CornerRule, inExtent: number, outExtent: number) =>
  Array.from({ length: outExtent }, (_, i) => resizeTaps(corners, i, inExtent, outExtent));

/** What the sum is divided by. */
function divisorOf(
  { weights, counted }: CrossEntropySums,
  labels: Tensor3D,
  normalization: CrossEntropyOptions['normalization'] = 'weights',
): Scalar {
  switch (normalization) {
    case 'none':
      return scalar(1);
    case 'pixels':
      return scalar(labels.size);
    case 'non-zero-weights':
      return counted;
    case 'weights':
      return weights;
    case 'weights-and-images':
      return mul(weights, labels.shape[0]);
    default:
      return normalization satisfies never;
  }
}

/**
 * Cross-entropy of logits brought to the size of the labels, in one piece.
 *
 * @returns nothing where the backend has no such kernel.
 */
export function fusedCrossEntropy(
  logits: Tensor4D,
  labels: Tensor3D,
  corners: CornerRule,
  options: CrossEntropyOptions,
): Scalar | undefined {
  const { crossEntropy } = fusedKernels();
  if (crossEntropy === undefined) return undefined;
  const [, height, width, classes] = logits.shape;
  const call = {
    labels,
    rows: tapsOf(corners, height, labels.shape[1]),
    columns: tapsOf(corners, width, labels.shape[2]),
    classWeights: options.classWeights ?? new Array<number>(classes).fill(1),
    ignoreLabel: options.ignoreLabel ?? 255,
    labelSmoothing: options.labelSmoothing ?? 0,
  };
  const loss = customGrad((x, save) => {
    const sums = crossEntropy({ ...call, logits: x as Tensor4D });
    const divisor = divisorOf(sums, labels, options.normalization);
    (save as GradSaveFunc)([sums.gradient, divisor]);
    return {
      value: divideBySafe(sums.loss, divisor),
      gradFunc: (dy, [gradient, total]) => divideBySafe(mul(gradient!, dy), total!),
    };
  });
  return loss(logits) as Scalar;
}
