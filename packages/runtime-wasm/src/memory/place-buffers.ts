/** `bytes` in whole cache lines. */
const aligned = (bytes: number): number => Math.ceil(bytes / 64) * 64;

/** Room that is needed from one step to another. */
export interface Lifetime {
  readonly bytes: number;
  /** The first and the last step that use it. */
  readonly from: number;
  readonly to: number;
}

/** Where buffers lie, and how much room they take together. */
export interface Placement<B> {
  readonly offsets: ReadonlyMap<B, number>;
  readonly bytes: number;
}

/** The lowest place with room between those that are taken, which are sorted. */
function lowestGap(taken: readonly { readonly at: number; readonly end: number }[], bytes: number): number {
  let at = 0;
  for (const other of taken) {
    if (at + bytes <= other.at) return at;
    at = Math.max(at, other.end);
  }
  return at;
}

/**
 * Places buffers so that those alive at one time do not overlap: the largest first, each as low as it can be.
 *
 * @see Pisarchyk & Lee 2020, "Efficient Memory Management for Deep Neural Net Inference", §5.2 (greedy by size), arXiv:2001.03288
 */
export function placeBuffers<B extends Lifetime>(buffers: Iterable<B>): Placement<B> {
  const placed: { readonly buffer: B; readonly at: number; readonly end: number }[] = [];
  for (const buffer of [...buffers].sort((a, b) => b.bytes - a.bytes)) {
    const meets = placed.filter(({ buffer: other }) => other.from <= buffer.to && buffer.from <= other.to);
    const at = lowestGap(
      meets.sort((a, b) => a.at - b.at),
      aligned(buffer.bytes),
    );
    placed.push({ buffer, at, end: at + aligned(buffer.bytes) });
  }
  return {
    offsets: new Map(placed.map(({ buffer, at }) => [buffer, at])),
    bytes: Math.max(0, ...placed.map(({ end }) => end)),
  };
}
