import { DataError, ShapeError, type LabelMap } from '@atrous/core';
import type { Batch } from './batch-source.ts';

function checkShapes({ images, labels }: Batch): void {
  const [count, height, width, channels] = images.shape;
  if (images.shape.length !== 4 || labels.shape.join() !== [count, height, width].join())
    throw new ShapeError(
      `a batch has images [${images.shape.join(', ')}] and labels [${labels.shape.join(', ')}], expected [n, h, w, c] and [n, h, w]`,
    );
  if (count === 0 || height === 0 || width === 0 || channels === 0)
    throw new DataError('a batch has no images', {
      code: 'DATASET_EMPTY',
      hint: 'check that the data set has images, and masks of the same names',
    });
}

/**
 * Counts the pixels that have a class.
 *
 * @throws DataError `CLASS_UNKNOWN` for a label that is neither a class nor the ignore label.
 */
export function countLabelled(ids: Iterable<number>, labels: LabelMap): number {
  const classes = labels.classes.length;
  let counted = 0;
  for (const id of ids) {
    if (id === labels.ignoreLabel) continue;
    if (!(id >= 0 && id < classes))
      throw new DataError(
        `a mask has the value ${id}, which is neither one of ${classes} classes (0 … ${classes - 1}) nor the ignore label (${labels.ignoreLabel ?? 'there is none'})`,
        {
          code: 'CLASS_UNKNOWN',
          hint: 'check with `atrous doctor` how the masks are stored: as class ids, palette colours or grey values, and which value is ignored',
        },
      );
    counted += 1;
  }
  return counted;
}

/**
 * Makes sure that a network of these classes can learn from a batch.
 *
 * @returns number of pixels that count.
 * @throws DataError `CLASS_UNKNOWN` for a label that is neither a class nor the ignore label; `DATASET_EMPTY`.
 */
export function checkBatch(batch: Batch, labels: LabelMap): number {
  checkShapes(batch);
  return countLabelled(batch.labels.data, labels);
}
