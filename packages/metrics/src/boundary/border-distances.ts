import { checkRows, type Labels } from '../check-labels.ts';
import { nearestOther } from './nearest-other.ts';

/**
 * How far each pixel is from the nearest one with another label: exact, Euclidean, between pixel centres.
 *
 * @param labels `[h, w]`.
 * @param width pixels in a row.
 * @returns `[h, w]`, in pixels, at least 1; infinite where all labels are alike.
 * @throws ShapeError when the labels make no rows of `width`.
 * @see Felzenszwalb and Huttenlocher 2012, "Distance Transforms of Sampled Functions", §2.1
 */
export function borderDistances(labels: Labels, width: number): Float64Array {
  checkRows(labels, width);
  const nearest = nearestOther(labels, width);
  const distances = new Float64Array(labels.length);
  for (let pixel = 0; pixel < distances.length; pixel++) {
    const other = nearest[pixel]!;
    const down = Math.trunc(other / width) - Math.trunc(pixel / width);
    distances[pixel] = other < 0 ? Infinity : Math.hypot(down, (other % width) - (pixel % width));
  }
  return distances;
}
