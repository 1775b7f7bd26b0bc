import { ShapeError, type Random } from '@atrous/core';
import type { LabelledImage } from '../dataset.ts';
import type { Color } from '../rgba-image.ts';
import type { Transform } from './transform.ts';

/** Options of {@link randomRotate}. */
export interface RotateOptions {
  /** Largest angle to either side, 0 … 180; every one within as likely as the others. */
  readonly degrees: number;
  /** Colour of what comes in at the corners. */
  readonly fill: Color;
  /** Label there. */
  readonly ignoreLabel: number;
}

/** Where the pixels of a turned picture come from. Its size stays, and its centre. */
function* sourcesOf(width: number, height: number, radians: number): Generator<readonly [x: number, y: number]> {
  const [sine, cosine] = [Math.sin(radians), Math.cos(radians)];
  const [centerX, centerY] = [(width - 1) / 2, (height - 1) / 2];
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const [across, down] = [x - centerX, y - centerY];
      yield [centerX + across * cosine - down * sine, centerY + across * sine + down * cosine];
    }
}

function rotated({ image, mask }: LabelledImage, radians: number, { fill, ignoreLabel }: RotateOptions): LabelledImage {
  const { width, height, data } = image;
  const pixels = new Uint8ClampedArray(data.length);
  const ids = mask.data.slice().fill(ignoreLabel);
  let to = 0;
  for (const [x, y] of sourcesOf(width, height, radians)) {
    const [column, row] = [Math.round(x), Math.round(y)];
    const isInside = column >= 0 && row >= 0 && column < width && row < height;
    if (isInside) ids[to] = mask.data[row * width + column]!;
    // Pixels at the border are half outside: their colours are those of the border.
    const left = Math.min(Math.max(Math.floor(x), 0), width - 1);
    const top = Math.min(Math.max(Math.floor(y), 0), height - 1);
    const right = Math.min(left + 1, width - 1);
    const bottom = Math.min(top + 1, height - 1);
    const [across, down] = [Math.max(x - left, 0), Math.max(y - top, 0)];
    for (let channel = 0; channel < 3; channel++) {
      const at = (pixelY: number, pixelX: number): number => data[(pixelY * width + pixelX) * 4 + channel]!;
      const above = at(top, left) + (at(top, right) - at(top, left)) * across;
      const below = at(bottom, left) + (at(bottom, right) - at(bottom, left)) * across;
      pixels[to * 4 + channel] = isInside ? above + (below - above) * down : fill[channel]!;
    }
    pixels[to * 4 + 3] = 255;
    to++;
  }
  return { image: { width, height, data: pixels }, mask: { width, height, data: ids } };
}

/**
 * Turns by a random angle about the centre: the picture bilinearly, the mask by copying pixels; the size stays.
 *
 * @throws ShapeError when the angle is not within 0 and 180.
 */
export function randomRotate(options: RotateOptions): Transform {
  const { degrees } = options;
  if (!(degrees >= 0 && degrees <= 180))
    throw new ShapeError(`pictures cannot be turned by up to ${degrees} degrees; 0 to 180`, { code: 'OPTION' });
  return (sample, random: Random) => {
    const angle = random.uniform(-degrees, degrees);
    return angle === 0 ? sample : rotated(sample, (angle * Math.PI) / 180, options);
  };
}
