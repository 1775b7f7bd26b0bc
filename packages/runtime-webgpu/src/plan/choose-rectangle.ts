/** A window's walk along rows or along columns. */
export interface Extent {
  readonly kernel: number;
  readonly stride: number;
  readonly rate: number;
  /** Zeros before the first element. */
  readonly before: number;
  readonly inExtent: number;
  readonly outExtent: number;
}

/** Both axes of a window. */
export interface Extents {
  readonly rows: Extent;
  readonly columns: Extent;
}

/** Taps of all stretches of `length` positions that read the map for any of them. */
function liveTaps({ kernel, stride, rate, before, inExtent, outExtent }: Extent, length: number): number {
  const stretches = Math.ceil(outExtent / length);
  if (kernel === 1) return stretches;
  let live = 0;
  for (let first = 0; first < outExtent; first += length) {
    const last = Math.min(first + length, outExtent) - 1;
    for (let tap = 0; tap < kernel; tap++) {
      const shift = tap * rate - before;
      if (last * stride + shift >= 0 && first * stride + shift < inExtent) live++;
    }
  }
  return live;
}

/**
 * The rectangle of at most `pixels` pixels in which a map is cut for the least work: products of a rectangle and a tap that reads more than
 * padding for it. Of two alike the one with shorter rows, whose pixels lie closer together.
 */
export function chooseRectangle(
  { rows, columns }: Extents,
  pixels: number,
): { readonly height: number; readonly width: number } {
  const candidates = Array.from({ length: Math.min(pixels, columns.outExtent) }, (_, i) => {
    const width = i + 1;
    const height = Math.min(Math.floor(pixels / width), rows.outExtent);
    return { height, width, work: liveTaps(rows, height) * liveTaps(columns, width) };
  });
  return candidates.reduce((best, one) => (one.work < best.work ? one : best));
}
