import type { Labels } from '../check-labels.ts';

/** What {@link contours} has off the contours. */
const NO_CONTOUR = -1;

/** Labels of the pixels that touch another label above, below, left or right; -1 everywhere else. The image's edge is no contour. */
export function contours(labels: Labels, width: number): Int32Array {
  const found = new Int32Array(labels.length).fill(NO_CONTOUR);
  for (let pixel = 0; pixel < labels.length; pixel++) {
    const label = labels[pixel]!;
    const right = pixel + 1;
    const below = pixel + width;
    if (right % width !== 0 && labels[right] !== label) {
      found[pixel] = label;
      found[right] = labels[right]!;
    }
    if (below < labels.length && labels[below] !== label) {
      found[pixel] = label;
      found[below] = labels[below]!;
    }
  }
  return found;
}

type Offset = readonly [right: number, down: number];

/** Offsets nearer than a radius, nearest first. */
export function discOf(radius: number): readonly Offset[] {
  const reach = Math.floor(radius);
  const span = Array.from({ length: 2 * reach + 1 }, (_, index) => index - reach);
  return span
    .flatMap((down) => span.map((right): Offset => [right, down]))
    .filter(([right, down]) => right ** 2 + down ** 2 < radius ** 2)
    .toSorted(([a, b], [c, d]) => a ** 2 + b ** 2 - c ** 2 - d ** 2);
}

/** Pixels of each class's contour. */
export interface ContourCounts {
  readonly all: Float64Array;
  /** With a pixel of the same class's other contour in reach. */
  readonly matched: Float64Array;
}

/** Counts, for each class, the contour's pixels, and those that another contour of the class is near to. */
export function matchContours(
  from: Int32Array,
  to: Int32Array,
  { numClasses, width, disc }: { numClasses: number; width: number; disc: readonly Offset[] },
): ContourCounts {
  const counts = { all: new Float64Array(numClasses), matched: new Float64Array(numClasses) };
  for (let pixel = 0; pixel < from.length; pixel++) {
    const label = from[pixel]!;
    if (label === NO_CONTOUR) continue;
    const column = pixel % width;
    // Pixels above and below the image are undefined, which is no label either.
    const isNear = disc.some(
      ([right, down]) => column + right >= 0 && column + right < width && to[pixel + down * width + right] === label,
    );
    counts.all[label]! += 1;
    if (isNear) counts.matched[label]! += 1;
  }
  return counts;
}
