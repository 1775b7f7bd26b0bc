import { DataError, ShapeError } from '@atrous/core';

/** Class ids, one per pixel, and how far to trust them. */
export interface HardLabels {
  /** `[pixels]`, 0 … numClasses − 1, or the unsure label. */
  readonly labels: ArrayLike<number>;
  /** 2 … 256. */
  readonly numClasses: number;
  /** Probability of a pixel's label, between 0 and 1, one for all or `[pixels]`; the other classes share the rest. Default 0.7. */
  readonly confidence?: number | Float32Array | undefined;
  /** Pixels of this label may be anything, for example 255 in VOC. Default: there is none. */
  readonly unsureLabel?: number | undefined;
}

const DEFAULT_CONFIDENCE = 0.7;

function checkConfidence(confidence: number, pixel: number): void {
  if (!(confidence > 0 && confidence < 1))
    throw new ShapeError(`the confidence of pixel ${pixel} is ${confidence}, which is not between 0 and 1`, {
      hint: 'a label that is certain cannot be corrected: pass 0.99, say',
    });
}

/**
 * Unary energies of a label map: −log of its confidence for a pixel's label, of an equal share of the rest for the others.
 *
 * @returns `[pixels, numClasses]`.
 * @throws DataError `CLASS_UNKNOWN` when a label is neither a class nor the unsure label.
 * @throws ShapeError when a confidence is not between 0 and 1.
 */
export function energiesFromLabels({ labels, numClasses, confidence, unsureLabel }: HardLabels): Float32Array {
  const energies = new Float32Array(labels.length * numClasses).fill(Math.log(numClasses));
  for (let pixel = 0; pixel < labels.length; pixel++) {
    const label = labels[pixel]!;
    if (label === unsureLabel) continue;
    if (!Number.isInteger(label) || label < 0 || label >= numClasses)
      throw new DataError(
        `pixel ${pixel} has the label ${label}, which is neither one of ${numClasses} classes nor the unsure label (${unsureLabel ?? 'there is none'})`,
        { code: 'CLASS_UNKNOWN', hint: 'check numClasses, or pass unsureLabel for pixels that may be anything' },
      );
    const trusted = typeof confidence === 'object' ? confidence[pixel]! : (confidence ?? DEFAULT_CONFIDENCE);
    checkConfidence(trusted, pixel);
    const start = pixel * numClasses;
    energies.fill(-Math.log((1 - trusted) / (numClasses - 1)), start, start + numClasses);
    energies[start + label] = -Math.log(trusted);
  }
  return energies;
}
