import type { Random } from '@atrous/core';
import type { TrainConfig } from '../config/config-schema.ts';

/** A part of a picture that is enlarged or shrunk into a crop. */
export interface Window {
  /** Pixels of the crop a pixel of the picture. */
  readonly scale: number;
  /** Place of the crop's first row and column in the scaled picture. */
  readonly top: number;
  readonly left: number;
  readonly mirrored: boolean;
}

type Size = readonly [height: number, width: number];

/** Draws scale, place and mirroring. A scaled picture that is smaller than the crop lies at its top left. */
export function randomWindow(
  random: Random,
  [height, width]: Size,
  { cropSize, augment }: Pick<TrainConfig, 'cropSize' | 'augment'>,
): Window {
  const scale = random.uniform(...augment.scale);
  const place = (side: number, crop: number): number =>
    random.integer(Math.max(1, Math.round(side * scale) - crop + 1));
  return {
    scale,
    top: place(height, cropSize[0]),
    left: place(width, cropSize[1]),
    mirrored: random.chance(augment.flip),
  };
}
