import { DataError, ShapeError } from '@atrous/core';

/** Class ids, one per pixel. */
export type Labels = ArrayLike<number>;

/** Truth and prediction of one image, row by row. */
export interface LabelPair {
  readonly truth: Labels;
  readonly predicted: Labels;
  /** Pixels in a row. */
  readonly width: number;
}

const isClass = (id: number, numClasses: number): boolean => Number.isInteger(id) && id >= 0 && id < numClasses;

/**
 * Makes sure that every pixel that counts has a class in truth and prediction.
 *
 * @throws ShapeError when truth and prediction differ in length; DataError `CLASS_UNKNOWN` when a label is no class.
 */
export function checkLabels(
  truth: Labels,
  predicted: Labels,
  numClasses: number,
  ignoreLabel: number | undefined,
): void {
  if (truth.length !== predicted.length)
    throw new ShapeError(`the truth has ${truth.length} pixels, the prediction ${predicted.length}`, {
      hint: 'bring the prediction to the size of the truth, never the truth to that of the prediction',
    });
  for (let pixel = 0; pixel < truth.length; pixel++) {
    if (truth[pixel] === ignoreLabel) continue;
    if (!isClass(truth[pixel]!, numClasses))
      throw new DataError(
        `the truth has ${truth[pixel]} at pixel ${pixel}, which is neither one of ${numClasses} classes nor the ignore label (${ignoreLabel ?? 'there is none'})`,
        { code: 'CLASS_UNKNOWN', hint: 'check the label map and its ignore label' },
      );
    if (!isClass(predicted[pixel]!, numClasses))
      throw new DataError(`the prediction has ${predicted[pixel]} at pixel ${pixel}; there are ${numClasses} classes`, {
        code: 'CLASS_UNKNOWN',
        hint: 'check that network and truth have the same label map',
      });
  }
}

/** @throws ShapeError when the pixels do not make whole rows. */
export function checkRows(labels: Labels, width: number): void {
  if (!Number.isInteger(width) || width < 1 || labels.length % width !== 0)
    throw new ShapeError(`${labels.length} pixels do not make rows of ${width}`, {
      hint: 'width is the number of pixels in a row',
    });
}

/**
 * {@link checkLabels} for scores that look at neighbours.
 *
 * @throws ShapeError also when the pixels do not make whole rows.
 */
export function checkPair(
  { truth, predicted, width }: LabelPair,
  numClasses: number,
  ignoreLabel: number | undefined,
): void {
  checkRows(truth, width);
  checkLabels(truth, predicted, numClasses, ignoreLabel);
}

/** @throws ShapeError when the number of classes is not 1 … 65,536. */
export function checkNumClasses(what: string, numClasses: number): void {
  if (!Number.isInteger(numClasses) || numClasses < 1 || numClasses > 65_536)
    throw new ShapeError(`${what} has 1 to 65536 classes, got ${numClasses}`);
}
