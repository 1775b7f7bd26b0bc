/** How labels lie in vectors of 4: in blocks of the same width, each with its own part of a lattice. */
export interface LaneBlocks {
  readonly blocks: number;
  /** Vectors in a block. */
  readonly vectors: number;
  /** Bytes of a vertex in a block. */
  readonly rowBytes: number;
  /** Bytes of one pixel's lanes. */
  readonly step: number;
}

const VECTOR_BYTES = 16;
/** Vectors that kernels hold in registers at once. */
const MOST_VECTORS = 6;
/** Of several blocks each row is a line of the cache, as rows of one vertex then lie far apart. */
const LINE_VECTORS = 4;

/** Blocks for some lanes. */
export function planBlocks(lanes: number): LaneBlocks {
  const needed = Math.ceil(lanes / 4);
  const vectors = needed > MOST_VECTORS ? LINE_VECTORS : needed;
  const blocks = Math.ceil(needed / vectors);
  const rowBytes = VECTOR_BYTES * vectors;
  return { blocks, vectors, rowBytes, step: rowBytes * blocks };
}
