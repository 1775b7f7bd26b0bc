import type { Run } from './runs.ts';

/**
 * Finds the classes that come within `margin` of the largest value somewhere in a run.
 *
 * Interpolated values are weighted means: none is above the largest or below the smallest of the logits it is made of. Rounding keeps
 * that order.
 *
 * @param blended logits of a row, `[width, classes]`.
 * @param into gets the classes, ascending.
 * @returns how many there are.
 */
export function findCandidates(
  blended: Float64Array,
  { positions }: Run,
  classes: number,
  margin: number,
  into: Uint32Array,
): number {
  let guaranteed = -Infinity;
  for (let label = 0; label < classes; label++) {
    let least = Infinity;
    for (const position of positions) least = Math.min(least, blended[position * classes + label] as number);
    guaranteed = Math.max(guaranteed, least);
  }
  let count = 0;
  for (let label = 0; label < classes; label++)
    for (const position of positions)
      if ((blended[position * classes + label] as number) >= guaranteed - margin) {
        into[count++] = label;
        break;
      }
  return count;
}
