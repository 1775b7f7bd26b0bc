import type { Address } from './assembly.ts';
import type { LatticeKernel } from './lattice-kernel.ts';

/** A kernel whose memory was moved: everything that it has an address of lies so many bytes further on. */
export function movedKernel(kernel: LatticeKernel, bytes: number): LatticeKernel {
  if (bytes === 0) return kernel;
  const { lattice, first, last } = kernel;
  // 0 is no address
  const moved = (at: Address): Address => (at === 0 ? 0 : at + bytes);
  return {
    ...kernel,
    first: moved(first),
    last: moved(last),
    lattice: {
      ...lattice,
      rows: moved(lattice.rows),
      weights: moved(lattice.weights),
      axes: lattice.axes.map((axis) => ({ ...axis, list: moved(axis.list) })),
    },
  };
}
