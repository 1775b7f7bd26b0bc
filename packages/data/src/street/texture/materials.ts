import type { Material, Texel } from '../render/shape.ts';
import { clouds, noise } from './noise.ts';

/** Linear red, green and blue, 0 … 1. */
export type Tint = readonly [r: number, g: number, b: number];

/** A colour as it is written, 0 … 255 of a screen, as linear light. */
export const tint = (red: number, green: number, blue: number): Tint => [
  (red / 255) * (red / 255),
  (green / 255) * (green / 255),
  (blue / 255) * (blue / 255),
];

/** Writes a colour, brighter or darker by a factor. */
export function put(out: Texel, color: Tint, by = 1): void {
  out.r = color[0] * by;
  out.g = color[1] * by;
  out.b = color[2] * by;
}

/** Lays a colour, brighter or darker by a factor, over a share of what is there. */
export function lay(out: Texel, color: Tint, share: number, by = 1): void {
  out.r += (color[0] * by - out.r) * share;
  out.g += (color[1] * by - out.g) * share;
  out.b += (color[2] * by - out.b) * share;
}

/** How much of a pixel at `x` lies within `from` … `to`: 0 … 1, softened over the footprint. */
export function band(x: number, from: number, to: number, footprint: number): number {
  const half = footprint / 2;
  const covered = Math.min(x + half, to) - Math.max(x - half, from);
  return covered <= 0 ? 0 : covered >= footprint ? 1 : covered / footprint;
}

/** One colour. */
export const plain =
  (color: Tint, gloss = 0): Material =>
  (_u, _v, _footprint, out) => {
    put(out, color);
    out.gloss = gloss;
  };

/** One colour with stains of a size in metres. */
export const stained =
  (color: Tint, amount: number, size: number, seed: number): Material =>
  (u, v, footprint, out) => {
    const fade = footprint < size ? 1 - footprint / size : 0;
    put(out, color, 1 + amount * fade * (2 * noise(u / size, v / size, seed) - 1));
  };

/** Leaves: clumps of light and dark. */
export const leaves =
  (color: Tint, seed: number): Material =>
  (u, v, footprint, out) => {
    const fade = footprint < 0.3 ? 1 : 0.3 / footprint;
    put(out, color, 0.85 + 0.9 * fade * (clouds(u * 3.5, v * 3.5, seed) - 0.45));
  };
