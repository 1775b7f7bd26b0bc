import type { Painting, Point } from './painting.ts';

/**
 * Gives a value to every pixel that is connected to a place (by its sides) and has that place's value: the inside of an outline, or all that
 * is left.
 */
export function floodFill({ width, height, pixels }: Painting, at: Point, value: number): void {
  const [x, y] = [Math.floor(at.x), Math.floor(at.y)];
  if (x < 0 || y < 0 || x >= width || y >= height) return;
  const old = pixels[y * width + x];
  if (old === value) return;
  const open = [y * width + x];
  for (let seed = open.pop(); seed !== undefined; seed = open.pop()) {
    if (pixels[seed] !== old) continue;
    const start = seed - (seed % width);
    let left = seed;
    let right = seed;
    while (left > start && pixels[left - 1] === old) left -= 1;
    while (right < start + width - 1 && pixels[right + 1] === old) right += 1;
    pixels.fill(value, left, right + 1);
    for (const shift of [-width, width]) addSeeds(pixels, left + shift, right + shift, old, open);
  }
}

/** One pixel of each run of `old` between two places of a row. */
function addSeeds(pixels: Uint8Array, left: number, right: number, old: number | undefined, open: number[]): void {
  for (let i = left; i <= right; i += 1)
    if (i >= 0 && pixels[i] === old && (i === left || pixels[i - 1] !== old)) open.push(i);
}
