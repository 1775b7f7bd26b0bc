import { encodeMask } from '@atrous/data';
import type { LabelledPicture } from './overlay.ts';

/** Class ids as a PNG with a palette: index = class, drawn in the class's colour. */
export function maskPng({ width, height, labels, legend }: LabelledPicture): Blob {
  const palette: (readonly [number, number, number])[] = [];
  for (const { id, color } of legend) palette[id] = color;
  const filled = Array.from(palette, (color) => color ?? ([0, 0, 0] as const));
  return new Blob([encodeMask({ width, height, data: labels, palette: filled })], { type: 'image/png' });
}
