import { ShapeError, type Pair, type Random } from '@atrous/core';
import type { LabelledImage } from '../dataset.ts';
import type { Color } from '../rgba-image.ts';
import type { Transform } from './transform.ts';

/** Options of {@link randomCrop}. */
export interface CropOptions {
  /** Height and width of the result, in pixels. */
  readonly size: Pair;
  /** Colour beyond the right and lower border of smaller pictures: usually the mean that is subtracted, so that the network sees 0. */
  readonly fill: Color;
  /** Label there. */
  readonly ignoreLabel: number;
}

/** Where a window begins along an axis; a shorter axis is not moved. */
export const startWithin = (extent: number, size: number, random: Random): number =>
  extent > size ? random.integer(extent - size + 1) : 0;

/** @throws ShapeError when the size is not made of whole positive numbers. */
export function checkCropSize([height, width]: Pair): void {
  if (![height, width].every((side) => Number.isInteger(side) && side > 0))
    throw new ShapeError(`a crop cannot have the size ${height}×${width}`, { code: 'OPTION' });
}

/** A window of a sample, with what lies beyond its right and lower border filled. */
export function cropAt({ image, mask }: LabelledImage, [top, left]: Pair, options: CropOptions): LabelledImage {
  const { fill, ignoreLabel } = options;
  const [height, width] = options.size;
  const rows = Math.min(height, image.height - top);
  const columns = Math.min(width, image.width - left);
  const pixels = new Uint8ClampedArray(width * height * 4);
  const ids = mask.data instanceof Uint8Array ? new Uint8Array(width * height) : new Uint16Array(width * height);
  if (rows < height || columns < width) {
    ids.fill(ignoreLabel);
    for (let i = 0; i < pixels.length; i++) pixels[i] = i % 4 === 3 ? 255 : fill[i % 4]!;
  }
  for (let y = 0; y < rows; y++) {
    const from = (top + y) * image.width + left;
    pixels.set(image.data.subarray(from * 4, (from + columns) * 4), y * width * 4);
    ids.set(mask.data.subarray(from, from + columns), y * width);
  }
  return { image: { width, height, data: pixels }, mask: { width, height, data: ids } };
}

/**
 * A random window, after filling up to its size at the right and below.
 *
 * @throws ShapeError when the size is not made of whole positive numbers.
 */
export function randomCrop(options: CropOptions): Transform {
  const [height, width] = options.size;
  checkCropSize(options.size);
  return (sample, random) => {
    const { image } = sample;
    const top = startWithin(image.height, height, random);
    const left = startWithin(image.width, width, random);
    return cropAt(sample, [top, left], options);
  };
}
