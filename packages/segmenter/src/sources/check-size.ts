import { DataError } from '@atrous/core';

/** @throws DataError when a source has no pixels, or no sensible number of them. */
export function checkSize(what: string, width: number, height: number): void {
  if (width === 0 || height === 0)
    throw new DataError(`the ${what} has no pixels: it is ${width}×${height}`, {
      code: 'SOURCE_EMPTY',
      hint: 'wait until it is loaded, and give it a width and a height',
    });
  if (!Number.isInteger(width) || !Number.isInteger(height) || width < 0 || height < 0)
    throw new DataError(`the ${what} has a width of ${width} and a height of ${height}, expected whole numbers`, {
      code: 'SOURCE_SIZE',
    });
}
