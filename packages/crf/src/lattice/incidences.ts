import type { Address } from './assembly.ts';
import type { Lattice } from './build-lattice.ts';
import type { Kernels } from './kernels.ts';

/** Row and weight of each corner of each pixel. */
export interface Incidences {
  readonly list: Address;
  /** Bytes of one pixel's corners. */
  readonly corners: number;
}

/** A kernel's part in a list. */
export interface IncidencePart {
  readonly lattice: Lattice;
  /** Number of its first vertex among those of all lattices. */
  readonly base: number;
  /** A factor for each pixel, or 0. */
  readonly norms: Address;
  /** A factor for all. */
  readonly factor: number;
}

const CORNER_BYTES = 8;

/** Lists the corners of some kernels, pixel after pixel, for rows of so many bytes. */
export function listIncidences(
  { arena, assembly }: Kernels,
  parts: readonly IncidencePart[],
  pixels: number,
  rowBytes: number,
): Incidences {
  const corners = parts.reduce((sum, { lattice }) => sum + CORNER_BYTES * lattice.corners, 0);
  const list = arena.allocate(pixels * corners);
  let to = list;
  for (const { lattice, base, norms, factor } of parts) {
    assembly.listIncidences(
      lattice.rows,
      lattice.weights,
      lattice.corners,
      base,
      norms,
      factor,
      to,
      corners,
      pixels,
      rowBytes,
    );
    to += CORNER_BYTES * lattice.corners;
  }
  return { list, corners };
}
