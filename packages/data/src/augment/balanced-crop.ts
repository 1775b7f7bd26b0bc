import { ShapeError, type Pair, type Random } from '@atrous/core';
import type { LabelledImage } from '../dataset.ts';
import type { LabelMask } from '../mask/label-mask.ts';
import { checkCropSize, cropAt, startWithin, type CropOptions } from './random-crop.ts';
import type { Transform } from './transform.ts';

/** Options of {@link balancedCrop}. */
export interface BalancedCropOptions extends CropOptions {
  /** How much a pixel of each class counts, by id; for example the inverse of how frequent it is. */
  readonly classWeights: readonly number[];
  /** Windows that are looked at; 10 by default. */
  readonly tries?: number | undefined;
}

/** Sum over classes of weight · √pixels, so that a little of several rare classes is better than much of one. */
function worthOf(mask: LabelMask, [top, left]: Pair, { size, classWeights }: BalancedCropOptions): number {
  const counts = new Float64Array(classWeights.length);
  const bottom = Math.min(top + size[0], mask.height);
  const right = Math.min(left + size[1], mask.width);
  for (let y = top; y < bottom; y++)
    for (let x = left; x < right; x++) {
      const id = mask.data[y * mask.width + x]!;
      if (id < counts.length) counts[id]! += 1;
    }
  return counts.reduce((sum, count, id) => sum + classWeights[id]! * Math.sqrt(count), 0);
}

function bestPlace({ image, mask }: LabelledImage, random: Random, options: BalancedCropOptions): Pair {
  const [height, width] = options.size;
  let best: { readonly place: Pair; readonly worth: number } | undefined;
  for (let i = 0; i < (options.tries ?? 10); i++) {
    const place: Pair = [startWithin(image.height, height, random), startWithin(image.width, width, random)];
    const worth = worthOf(mask, place, options);
    if (best === undefined || worth > best.worth) best = { place, worth };
  }
  return best!.place;
}

/**
 * The best of several random windows: the one with the most of classes that count much. Filled up as `randomCrop` does.
 *
 * @throws ShapeError when the size is not made of whole positive numbers, a weight is negative, or `tries` is below 1.
 */
export function balancedCrop(options: BalancedCropOptions): Transform {
  const { size, classWeights, tries = 10 } = options;
  checkCropSize(size);
  if (!Number.isInteger(tries) || tries < 1)
    throw new ShapeError(`a crop cannot be the best of ${tries}`, { code: 'OPTION' });
  if (!classWeights.every((weight) => weight >= 0 && Number.isFinite(weight)))
    throw new ShapeError('weights of classes are numbers of at least 0', { code: 'OPTION' });
  return (sample, random) => cropAt(sample, bestPlace(sample, random, options), options);
}
