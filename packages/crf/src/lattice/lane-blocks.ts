/** How labels lie in vectors of 4: in blocks of the same width, each with its own part of a lattice. */
export interface LaneBlocks {
  readonly blocks: number;
  /** Vectors in a block. */
  readonly vectors: number;
  /** Bytes of one pixel's lanes. */
  readonly step: number;
}

/** Vectors that kernels hold in registers at once. */
const MOST_VECTORS = 6;
/** Narrower blocks read each weight more often than padding costs. */
const LEAST_VECTORS = 4;

/** Blocks for some lanes: of those with least padding, the widest. */
export function planBlocks(lanes: number): LaneBlocks {
  const needed = Math.ceil(lanes / 4);
  let [best, blocks] = [needed, 1];
  if (needed > MOST_VECTORS) {
    best = MOST_VECTORS;
    for (let width = MOST_VECTORS; width >= LEAST_VECTORS; width--) {
      if (Math.ceil(needed / width) * width < Math.ceil(needed / best) * best) best = width;
    }
    blocks = Math.ceil(needed / best);
  }
  return { blocks, vectors: best, step: 16 * best * blocks };
}
