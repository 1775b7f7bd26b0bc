import { ShapeError } from '@atrous/core';
import { checkLabels, checkNumClasses, type Labels } from './check-labels.ts';

/** How often each class was taken for each, over everything that was added. */
export interface ConfusionMatrix {
  readonly numClasses: number;
  readonly ignoreLabel: number | undefined;
  /**
   * `[truth, prediction]`, row-major, `numClasses²` numbers of pixels, exact up to 2⁵³. Rows are the truth, columns the prediction.
   * Changes with every `add` and `merge`.
   */
  readonly counts: Float64Array;
  /**
   * Counts the pixels of an image. Pixels whose truth is the ignore label count neither for nor against anything, whatever was
   * predicted there.
   *
   * @throws ShapeError when truth and prediction differ in length.
   * @throws DataError `CLASS_UNKNOWN` when a truth is neither a class nor the ignore label, or a prediction is no class. Nothing of the
   *   image is counted then.
   */
  add(truth: Labels, predicted: Labels): void;
  /**
   * Adds the counts of another matrix, for example of another worker.
   *
   * @throws ShapeError when it has another number of classes or ignore label.
   */
  merge(other: Pick<ConfusionMatrix, 'numClasses' | 'ignoreLabel' | 'counts'>): void;
}

/** Options of {@link createConfusionMatrix}. */
export interface ConfusionMatrixOptions {
  /** Truth of pixels that do not count, for example 255 in VOC. May be a class id, as 0 in ADE20K. */
  readonly ignoreLabel?: number | undefined;
}

/**
 * An empty confusion matrix. Add every image of a data set, then score the whole: scores of images do not average to those of the set.
 *
 * @throws ShapeError when the number of classes is not 1 … 65,536.
 */
export function createConfusionMatrix(numClasses: number, options: ConfusionMatrixOptions = {}): ConfusionMatrix {
  checkNumClasses('a confusion matrix', numClasses);
  const { ignoreLabel } = options;
  const counts = new Float64Array(numClasses * numClasses);
  return {
    numClasses,
    ignoreLabel,
    counts,
    add(truth, predicted) {
      checkLabels(truth, predicted, numClasses, ignoreLabel);
      for (let pixel = 0; pixel < truth.length; pixel++)
        if (truth[pixel] !== ignoreLabel) counts[truth[pixel]! * numClasses + predicted[pixel]!]! += 1;
    },
    merge(other) {
      if (other.numClasses !== numClasses || other.ignoreLabel !== ignoreLabel)
        throw new ShapeError(
          `a matrix of ${other.numClasses} classes, ignoring ${other.ignoreLabel ?? 'nothing'}, cannot be merged into one of ${numClasses}, ignoring ${ignoreLabel ?? 'nothing'}`,
        );
      for (let i = 0; i < counts.length; i++) counts[i]! += other.counts[i]!;
    },
  };
}
