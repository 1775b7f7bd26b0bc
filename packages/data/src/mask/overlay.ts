import { DataError, ShapeError, type LabelMap } from '@atrous/core';
import { checkExtents, type RgbaImage } from '../rgba-image.ts';
import { colorize } from './colorize.ts';
import type { LabelMask } from './label-mask.ts';

/** Options of {@link overlay}. */
export interface OverlayOptions {
  /** How much of the class colour covers the picture, 0 … 1; 0.5 by default. */
  readonly opacity?: number | undefined;
  /** Ids that are not painted. By default those of classes called `background`. */
  readonly unpainted?: readonly number[] | undefined;
}

const backgroundOf = ({ classes }: LabelMap): readonly number[] =>
  classes.filter(({ name }) => name === 'background').map(({ id }) => id);

/** A picture with a mask must have its size. */
function checkSameSize(image: RgbaImage, mask: LabelMask): void {
  if (image.width !== mask.width || image.height !== mask.height)
    throw new DataError(
      `the image is ${image.width}×${image.height}, the mask ${mask.width}×${mask.height}; they must be the same size`,
      { code: 'IMAGE_SIZE' },
    );
}

/**
 * Lays class colours over the picture they were found in. The picture's alpha stays; pixels of no class and of the background stay as they are.
 *
 * @throws DataError `IMAGE_SIZE` when picture and mask differ in size; ShapeError when the opacity is not within 0 … 1.
 */
export function overlay(image: RgbaImage, mask: LabelMask, labels: LabelMap, options: OverlayOptions = {}): RgbaImage {
  const { opacity = 0.5 } = options;
  if (!(opacity >= 0 && opacity <= 1)) throw new ShapeError(`the opacity is ${opacity}; it must be within 0 and 1`);
  checkExtents('the image', image, 4);
  checkSameSize(image, mask);
  const unpainted = new Set(options.unpainted ?? backgroundOf(labels));
  const colors = colorize(mask, labels).data;
  const data = Uint8ClampedArray.from(image.data);
  for (let pixel = 0; pixel < data.length; pixel += 4) {
    if (colors[pixel + 3] === 0 || unpainted.has(mask.data[pixel / 4]!)) continue;
    for (let i = pixel; i < pixel + 3; i++) data[i] = data[i]! + (colors[i]! - data[i]!) * opacity;
  }
  return { width: image.width, height: image.height, data };
}
