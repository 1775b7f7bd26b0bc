import type { Address } from './assembly.ts';
import type { Chains } from './list-chains.ts';
import type { Kernels } from './kernels.ts';
import type { LatticeKernel } from './lattice-kernel.ts';

/** The neighbour of a vertex that has none. */
export const NO_VERTEX = 0xffffffff;

/** A kernel's lattice in arrays of its own, for who filters elsewhere. */
export interface ExportedKernel {
  /** Corners of a pixel's simplex, d + 1. */
  readonly corners: number;
  readonly vertices: number;
  /** Vertices `[pixels, corners]`, and the barycentric weight of each. */
  readonly rows: Uint32Array<ArrayBuffer>;
  readonly weights: Float32Array<ArrayBuffer>;
  /** Of each axis `[vertices, 2]`: both neighbours, `NO_VERTEX` where there is none. */
  readonly neighbours: readonly Uint32Array<ArrayBuffer>[];
  /** A factor for each pixel on the way in and on the way out, or none. The same array where they are the same. */
  readonly first: Float32Array<ArrayBuffer> | undefined;
  readonly last: Float32Array<ArrayBuffer> | undefined;
  /** Brings the blur's sums back to the size of Gaussian sums. */
  readonly scale: number;
}

/** Marks the first vertex of a chain. */
const START = 0x80000000;

function neighboursOf({ arena }: Kernels, { at, length }: Chains, vertices: number): Uint32Array<ArrayBuffer> {
  const neighbours = new Uint32Array(2 * vertices).fill(NO_VERTEX);
  // of the entry behind the last, too, which starts a chain
  const chains = new Uint32Array(arena.memory.buffer, at, length + 1);
  for (let i = 0; i < length; i++) {
    const next = chains[i + 1]!;
    if (next >= START) continue;
    const vertex = chains[i]! & ~START;
    neighbours[2 * vertex + 1] = next;
    neighbours[2 * next] = vertex;
  }
  return neighbours;
}

/** Copies a kernel of `pixels` pixels out of the memory of WebAssembly. */
export function exportKernel(kernels: Kernels, kernel: LatticeKernel, pixels: number): ExportedKernel {
  const { arena } = kernels;
  const { lattice, scale } = kernel;
  const { corners, vertices } = lattice;
  const factorsAt = (at: Address) => (at === 0 ? undefined : arena.floats(at, pixels).slice());
  const first = factorsAt(kernel.first);
  return {
    ...{ corners, vertices, scale, first },
    rows: new Uint32Array(arena.ints(lattice.rows, pixels * corners)),
    weights: arena.floats(lattice.weights, pixels * corners).slice(),
    neighbours: lattice.chains.map((chains) => neighboursOf(kernels, chains, vertices)),
    last: kernel.last === kernel.first ? first : factorsAt(kernel.last),
  };
}
