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

/** A PNG of four upright stripes. */
export function colourPhoto(): Uint8Array {
  const data = new Uint8ClampedArray(width * height * 4).fill(255);
  for (let pixel = 0; pixel < width * height; pixel += 1)
    data.set(stripes[Math.floor((pixel % width) / stripeWidth)] ?? [], pixel * 4);
  return encodePng({ width, height, data } satisfies RgbaImage);
}

/** The class ids along one row of {@link colourPhoto}, three pixels on either side of a border left out as `undefined`. */
export const expectedRow: readonly (number | undefined)[] = Array.from({ length: width }, (_, x) => {
  const toBorder = Math.min(x % stripeWidth, stripeWidth - 1 - (x % stripeWidth));
  return toBorder < 3 ? undefined : Math.floor(x / stripeWidth);
});
