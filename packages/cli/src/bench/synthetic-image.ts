import type { RgbaImage } from '@atrous/data';

/** A square image of soft coloured waves: the same on every machine, and no flat areas. */
export function syntheticImage(size: number): RgbaImage {
  const data = new Uint8ClampedArray(size * size * 4);
  for (let y = 0; y < size; y++)
    for (let x = 0; x < size; x++) {
      const at = (y * size + x) * 4;
      for (let channel = 0; channel < 3; channel++)
        data[at + channel] = 128 + 90 * Math.sin(x / (17 + 9 * channel)) * Math.cos(y / (31 - 7 * channel));
      data[at + 3] = 255;
    }
  return { width: size, height: size, data };
}
