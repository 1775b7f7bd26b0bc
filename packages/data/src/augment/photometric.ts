import { ShapeError, type Random } from '@atrous/core';
import type { Transform } from './transform.ts';

/** Options of {@link photometric}: how far colours go, 0 (not at all) … 1. */
export interface PhotometricOptions {
  /** All colours times `1 ± brightness`. */
  readonly brightness?: number | undefined;
  /** Distances from the picture's mean grey times `1 ± contrast`. */
  readonly contrast?: number | undefined;
  /** Distances from each pixel's grey times `1 ± saturation`. */
  readonly saturation?: number | undefined;
}

/** Rec. 601's luma, as Pillow and PyTorch's `ColorJitter` have it. */
const greyOf = (red: number, green: number, blue: number): number => 0.299 * red + 0.587 * green + 0.114 * blue;

function meanGrey(data: Uint8ClampedArray): number {
  let sum = 0;
  for (let i = 0; i < data.length; i += 4) sum += greyOf(data[i]!, data[i + 1]!, data[i + 2]!);
  return (sum * 4) / data.length;
}

/** Moves brightness, contrast and saturation of a picture, in this order, in one pass and without rounding in between. */
function adjusted(
  data: Uint8ClampedArray,
  brightness: number,
  contrast: number,
  saturation: number,
): Uint8ClampedArray {
  const shift = meanGrey(data) * brightness * (1 - contrast);
  const factor = brightness * contrast;
  const out = new Uint8ClampedArray(data.length);
  for (let i = 0; i < data.length; i += 4) {
    const grey = greyOf(data[i]!, data[i + 1]!, data[i + 2]!) * factor + shift;
    for (let channel = i; channel < i + 3; channel++)
      out[channel] = grey + (data[channel]! * factor + shift - grey) * saturation;
    out[i + 3] = data[i + 3]!;
  }
  return out;
}

/**
 * Changes brightness, contrast and saturation by random factors, each within its range as likely as the others (as PyTorch's `ColorJitter`,
 * but in one order). The mask stays.
 *
 * @throws ShapeError when a range is not within 0 and 1.
 */
export function photometric({ brightness = 0, contrast = 0, saturation = 0 }: PhotometricOptions): Transform {
  for (const [name, range] of Object.entries({ brightness, contrast, saturation }))
    if (!(range >= 0 && range <= 1))
      throw new ShapeError(`${name} cannot change by ${range}; 0 to 1`, { code: 'OPTION' });
  return ({ image, mask }, random: Random) => {
    const [first, second, third] = [brightness, contrast, saturation].map((range) =>
      random.uniform(1 - range, 1 + range),
    );
    return { image: { ...image, data: adjusted(image.data, first!, second!, third!) }, mask };
  };
}
