/** A number within 0 and 1 that follows from a grid point and a seed alone. */
export function hash(x: number, y: number, seed: number): number {
  let h = Math.imul(x, 0x27d4eb2f) ^ Math.imul(y, 0x165667b1) ^ Math.imul(seed, 0x9e3779b1);
  h = Math.imul(h ^ (h >>> 15), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return ((h ^ (h >>> 16)) >>> 0) / 4_294_967_296;
}

/** Smooth noise within 0 and 1 whose bumps are one unit wide. */
export function noise(x: number, y: number, seed: number): number {
  const column = Math.floor(x);
  const row = Math.floor(y);
  const s = x - column;
  const t = y - row;
  const u = s * s * (3 - 2 * s);
  const v = t * t * (3 - 2 * t);
  const a = hash(column, row, seed);
  const b = hash(column + 1, row, seed);
  const c = hash(column, row + 1, seed);
  const d = hash(column + 1, row + 1, seed);
  return a + (b - a) * u + (c - a + (a - b - c + d) * u) * v;
}

/** Three octaves of {@link noise}: clouds, stains, foliage. */
export const clouds = (x: number, y: number, seed: number): number =>
  0.57 * noise(x, y, seed) + 0.29 * noise(x * 2.1, y * 2.1, seed + 1) + 0.14 * noise(x * 4.3, y * 4.3, seed + 2);
