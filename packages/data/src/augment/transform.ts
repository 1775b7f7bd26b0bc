import type { Random } from '@atrous/core';
import type { LabelledImage } from '../dataset.ts';

/**
 * Changes a picture and its mask together. What is random about it is drawn from `random`, so that the same stream gives the same result.
 * Arguments are never changed; a transform may return them as they are.
 */
export type Transform = (sample: LabelledImage, random: Random) => LabelledImage;

/** Transforms one after the other. None: the sample as it is. */
export const compose =
  (...transforms: readonly Transform[]): Transform =>
  (sample, random) =>
    transforms.reduce((changed, transform) => transform(changed, random), sample);
