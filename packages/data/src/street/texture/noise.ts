const columnFactor = 0x27d4eb2f;
const rowFactor = 0x165667b1;
const seedFactor = 0x9e3779b1;

/** Spreads the bits of a whole number and makes it one within 0 and 1. */
function spread(bits: number): number {
  let h = Math.imul(bits ^ (bits >>> 15), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return ((h ^ (h >>> 16)) >>> 0) / 4_294_967_296;
}

/** A number within 0 and 1 that follows from a grid point and a seed alone. */
export const hash = (x: number, y: number, seed: number): number =>
  spread(Math.imul(x, columnFactor) ^ Math.imul(y, rowFactor) ^ Math.imul(seed, seedFactor));

/** Smooth noise within 0 and 1 whose bumps are one unit wide: {@link hash} at the grid points, blended between them. */
export function noise(x: number, y: number, seed: number): number {
  const column = Math.floor(x);
  const row = Math.floor(y);
  const s = x - column;
  const t = y - row;
  const u = s * s * (3 - 2 * s);
  const v = t * t * (3 - 2 * t);
  const left = Math.imul(column, columnFactor) ^ Math.imul(seed, seedFactor);
  const right = Math.imul(column + 1, columnFactor) ^ Math.imul(seed, seedFactor);
  const upper = Math.imul(row, rowFactor);
  const lower = Math.imul(row + 1, rowFactor);
  const a = spread(left ^ upper);
  const b = spread(right ^ upper);
  const c = spread(left ^ lower);
  const d = spread(right ^ lower);
  return a + (b - a) * u + (c - a + (a - b - c + d) * u) * v;
}

/** Three octaves of {@link noise}: clouds, stains, foliage. */
export const clouds = (x: number, y: number, seed: number): number =>
  0.57 * noise(x, y, seed) + 0.29 * noise(x * 2.1, y * 2.1, seed + 1) + 0.14 * noise(x * 4.3, y * 4.3, seed + 2);
