import { createRandom } from '@atrous/core';
import type { LabelPair } from '@atrous/metrics';

/** Truth of pixels that do not count. */
export const VOID = 255;

/** A small image of a few classes in patches, with void here and there, and a prediction that is wrong in places. */
export function randomPair(seed: number): LabelPair & { readonly numClasses: number } {
  const random = createRandom(seed, 'pair');
  const integer = (count: number): number => random.integer(count);
  const [width, height, numClasses] = [1 + integer(14), 1 + integer(14), 1 + integer(5)];
  const truth = new Uint8Array(width * height);
  for (let patch = integer(7); patch > 0; patch--) {
    const [left, top, right, bottom] = [integer(width), integer(height), 1 + integer(6), 1 + integer(6)];
    const label = random.chance(0.2) ? VOID : integer(numClasses);
    for (let y = top; y < Math.min(top + bottom, height); y++)
      truth.fill(label, y * width + left, y * width + Math.min(left + right, width));
  }
  const predicted = truth.map((label) => (label === VOID || random.chance(0.1) ? integer(numClasses) : label));
  return { truth, predicted, width, numClasses };
}

/** A place in an image. */
export interface Place {
  readonly x: number;
  readonly y: number;
  readonly pixel: number;
}

/** Every pixel with its place. */
export const placesOf = ({ truth, width }: LabelPair): readonly Place[] =>
  Array.from(truth, (_, pixel) => ({ pixel, x: pixel % width, y: Math.floor(pixel / width) }));

/** Between the centres of two pixels. */
export const distance = (a: Place, b: Place): number => Math.hypot(a.x - b.x, a.y - b.y);
