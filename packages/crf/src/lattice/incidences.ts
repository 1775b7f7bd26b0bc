import type { Address } from './assembly.ts';
import type { Lattice } from './build-lattice.ts';
import { sharedPhase, type Call } from './crew.ts';
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
export async function listIncidences(
  { arena, crew }: Kernels,
  parts: readonly IncidencePart[],
  pixels: number,
  rowBytes: number,
): Promise<Incidences> {
  const step = parts.reduce((sum, { lattice }) => sum + CORNER_BYTES * lattice.corners, 0);
  const list = arena.allocate(pixels * step);
  const callsOf = (from: number, to: number): Call[] => {
    let at = list + from * step;
    return parts.map(({ lattice: { rows, weights, corners }, base, norms, factor }) => {
      const first = 4 * from * corners;
      const [start, scales] = [at, norms && norms + 4 * from];
      at += CORNER_BYTES * corners;
      const source = [rows + first, weights + first, corners, base, scales, factor] as const;
      return ['listIncidences', ...source, start, step, to - from, rowBytes];
    });
  };
  await crew.run([sharedPhase(crew, pixels, callsOf)]);
  return { list, corners: step };
}
