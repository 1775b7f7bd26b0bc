import type { Labels } from '../check-labels.ts';

/** The lower envelope of parabolas over a row: which site is nearest, by column. Sites are added from left to right. */
interface Envelope {
  size: number;
  readonly columns: Int32Array;
  /** Squared distance of each site from the row. */
  readonly heights: Float64Array;
  readonly pixels: Int32Array;
  /** Column from which on each site is the nearest. */
  readonly from: Float64Array;
}

const createEnvelope = (sites: number): Envelope => ({
  size: 0,
  columns: new Int32Array(sites),
  heights: new Float64Array(sites),
  pixels: new Int32Array(sites),
  from: new Float64Array(sites),
});

function addSite(envelope: Envelope, column: number, height: number, pixel: number): void {
  const { columns, heights, pixels, from } = envelope;
  let start = -Infinity;
  while (envelope.size > 0) {
    const last = envelope.size - 1;
    start = (height + column ** 2 - heights[last]! - columns[last]! ** 2) / (2 * (column - columns[last]!));
    if (start > from[last]!) break;
    envelope.size = last;
    start = -Infinity;
  }
  const at = envelope.size++;
  columns[at] = column;
  heights[at] = height;
  pixels[at] = pixel;
  from[at] = start;
}

/** Of each pixel the nearest in its column with another value, or -1. */
function nearestInColumn(values: Labels, width: number): Int32Array {
  const nearest = new Int32Array(values.length).fill(-1);
  for (let pixel = width; pixel < values.length; pixel++)
    nearest[pixel] = values[pixel] === values[pixel - width] ? nearest[pixel - width]! : pixel - width;
  const below = new Int32Array(width).fill(-1);
  for (let pixel = values.length - width - 1; pixel >= 0; pixel--) {
    const column = pixel % width;
    if (values[pixel] !== values[pixel + width]) below[column] = pixel + width;
    const other = below[column]!;
    if (other >= 0 && (nearest[pixel]! < 0 || other - pixel < pixel - nearest[pixel]!)) nearest[pixel] = other;
  }
  return nearest;
}

/** Of each pixel of a run of equal values in one row the nearest with another value. Nothing behind the run's ends is nearer than they. */
function searchRun(
  nearest: Int32Array,
  envelope: Envelope,
  { begin, end, width }: { begin: number; end: number; width: number },
): void {
  const row = begin - (begin % width);
  envelope.size = 0;
  if (begin > row) addSite(envelope, begin - 1 - row, 0, begin - 1);
  for (let pixel = begin; pixel < end; pixel++)
    if (nearest[pixel]! >= 0) addSite(envelope, pixel - row, ((nearest[pixel]! - pixel) / width) ** 2, nearest[pixel]!);
  if (end < row + width) addSite(envelope, end - row, 0, end);
  if (envelope.size === 0) return;
  for (let pixel = begin, site = 0; pixel < end; pixel++) {
    while (site + 1 < envelope.size && envelope.from[site + 1]! <= pixel - row) site++;
    nearest[pixel] = envelope.pixels[site]!;
  }
}

/**
 * Of each pixel the index of the nearest one with another value, by Euclidean distance between pixel centres, exact; -1 when all are
 * alike. Takes time in proportion to the pixels.
 *
 * @see Felzenszwalb and Huttenlocher 2012, "Distance Transforms of Sampled Functions", §2.1
 */
export function nearestOther(values: Labels, width: number): Int32Array {
  const nearest = nearestInColumn(values, width);
  const envelope = createEnvelope(width + 2);
  for (let begin = 0, end = 0; begin < values.length; begin = end) {
    const rowEnd = begin - (begin % width) + width;
    do end++;
    while (end < rowEnd && values[end] === values[begin]);
    searchRun(nearest, envelope, { begin, end, width });
  }
  return nearest;
}
