import { ShapeError, type Pair } from '@atrous/core';
import { resizeMask } from '../mask/resize-mask.ts';
import { resizeImage } from './resize-image.ts';
import type { Transform } from './transform.ts';

/**
 * Enlarges or shrinks by a random factor: the picture bilinearly, the mask by copying pixels.
 *
 * @param range factors, every one within it as likely as the others; DeepLab's is 0.5 … 2.
 * @throws ShapeError when the range is not one of positive numbers.
 */
export function randomScale([low, high]: readonly [low: number, high: number]): Transform {
  if (!(low > 0 && high >= low && Number.isFinite(high)))
    throw new ShapeError(`pictures cannot be scaled by ${low} to ${high}`, { code: 'OPTION' });
  return ({ image, mask }, random) => {
    const factor = random.uniform(low, high);
    const scaled = (extent: number): number => Math.max(1, Math.round(extent * factor));
    const size: Pair = [scaled(image.height), scaled(image.width)];
    if (size[0] === image.height && size[1] === image.width) return { image, mask };
    return { image: resizeImage(image, size), mask: resizeMask(mask, size, 'halfPixel') };
  };
}
