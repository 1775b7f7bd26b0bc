import { DataError } from '@atrous/core';

/** A picture in host memory: `[height, width, 4]`, red, green, blue and alpha of 0 … 255, alpha not multiplied in. An `ImageData` is one. */
export interface RgbaImage {
  readonly width: number;
  readonly height: number;
  /** `width · height · 4` numbers, row by row. */
  readonly data: Uint8ClampedArray;
}

/** Red, green and blue, 0 … 255. */
export type Color = readonly [red: number, green: number, blue: number];

/**
 * Checks that a picture or mask has an area and as many numbers as its extents say.
 *
 * @throws DataError `IMAGE_SIZE` when it does not.
 */
export function checkExtents(
  what: string,
  { width, height, data }: { readonly width: number; readonly height: number; readonly data: ArrayLike<number> },
  channels: number,
): void {
  if (!Number.isInteger(width) || !Number.isInteger(height) || width < 1 || height < 1)
    throw new DataError(`${what} of ${width}×${height} has no area`, { code: 'IMAGE_SIZE' });
  if (data.length !== width * height * channels)
    throw new DataError(
      `${what} of ${width}×${height} needs ${width * height * channels} numbers, its data has ${data.length}`,
      { code: 'IMAGE_SIZE' },
    );
}
