import type { Color } from '../rgba-image.ts';

function vocColor(index: number): Color {
  let [red, green, blue] = [0, 0, 0];
  for (let bit = 7, rest = index; rest > 0; bit--, rest >>= 3) {
    red |= (rest & 1) << bit;
    green |= ((rest >> 1) & 1) << bit;
    blue |= ((rest >> 2) & 1) << bit;
  }
  return [red, green, blue];
}

/**
 * The first colours of the PASCAL VOC palette, which spreads the bits of an index over red, green and blue from the highest bit down.
 * Colours repeat after 256.
 *
 * @param count number of colours, 0 … 256.
 * @see VOCdevkit `VOClabelcolormap.m`
 */
export function vocPalette(count: number): readonly Color[] {
  return Array.from({ length: count }, (_, index) => vocColor(index & 0xff));
}
