import type { Address } from './assembly.ts';
import { planBlur } from './blur-stages.ts';
import type { Lattice } from './build-lattice.ts';
import type { Kernels } from './kernels.ts';

/** Blurs one block of a lattice along each axis, in the axes' order, or the reverse, which is the transposed blur. */
export function blurBlock(
  { assembly }: Kernels,
  lattice: Lattice,
  { values, vectors, zeros }: { values: Address; vectors: number; /** A row of zeros. */ zeros: Address },
  isReverse = false,
): void {
  for (const { chains, from, to } of planBlur(lattice.chains, 1, isReverse).flat(2))
    assembly.blur(vectors, values, chains, from, to, zeros);
}
