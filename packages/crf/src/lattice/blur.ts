import type { Address } from './assembly.ts';
import type { Lattice } from './build-lattice.ts';
import type { Kernels } from './kernels.ts';

/** Blurs one block of a lattice along each axis, in the axes' order, or the reverse, which is the transposed blur. */
export function blurBlock(
  { assembly }: Kernels,
  { chains }: Lattice,
  { values, vectors, zeros }: { values: Address; vectors: number; /** A row of zeros. */ zeros: Address },
  isReverse = false,
): void {
  for (const { at, length } of isReverse ? chains.toReversed() : chains)
    assembly.blur(vectors, values, at, 0, length, zeros);
}
