import { ShapeError } from '@atrous/core';

const MOST_LABELS = 256;

/** @throws ShapeError for anything but 2 … 256 labels. */
export function checkLabelCount(labels: number): void {
  if (!Number.isInteger(labels) || labels < 2 || labels > MOST_LABELS)
    throw new ShapeError(`a CRF of ${labels} labels; there must be 2 … ${MOST_LABELS}`, {
      hint: labels === 1 ? 'pass foreground and background as two labels' : 'check the number of pixels and labels',
    });
}
