import { createRandom } from '@atrous/core';
import { encodePng, type RgbaImage } from '@atrous/data';

const width = 96;
const height = 64;
/** Left to right: grey, red, green, blue; class ids 0 … 3. */
const stripes = [
  [128, 128, 128],
  [240, 20, 20],
  [20, 240, 20],
  [20, 20, 240],
] as const;
const stripeWidth = width / stripes.length;

const stripeAt = (x: number): number => Math.floor(x / stripeWidth);

function photoOf(colorAt: (x: number, y: number) => readonly number[], scale = 1): Uint8Array {
  const size = { width: width * scale, height: height * scale };
  const data = new Uint8ClampedArray(size.width * size.height * 4).fill(255);
  for (let y = 0; y < size.height; y += 1)
    for (let x = 0; x < size.width; x += 1)
      data.set(colorAt(Math.floor(x / scale), Math.floor(y / scale)), (y * size.width + x) * 4);
  return encodePng({ ...size, data } satisfies RgbaImage);
}

/** A PNG of four upright stripes. */
export const colourPhoto = (): Uint8Array => photoOf((x) => stripes[stripeAt(x)] ?? []);

/**
 * The same with blots of two by two pixels that a network takes for another colour, though they are nearly grey.
 *
 * @param scale each pixel becomes so many a side.
 */
export function blottedPhoto(scale = 1): Uint8Array {
  const random = createRandom('blots');
  const blots = Array.from({ length: (width * height) / 4 }, () =>
    random.chance(0.15) ? random.integer(3) : undefined,
  );
  return photoOf((x, y) => {
    const blot = blots[Math.floor(y / 2) * (width / 2) + Math.floor(x / 2)];
    const color = stripes[stripeAt(x)] ?? [];
    return blot === undefined ? color : [0, 1, 2].map((channel) => (channel === blot ? 170 : 100));
  }, scale);
}

/** The class ids along one row of {@link colourPhoto}, three pixels on either side of a border left out as `undefined`. */
export const expectedRow: readonly (number | undefined)[] = Array.from({ length: width }, (_, x) => {
  const toBorder = Math.min(x % stripeWidth, stripeWidth - 1 - (x % stripeWidth));
  return toBorder < 3 ? undefined : stripeAt(x);
});
