import type { Address } from './assembly.ts';
import { planBlur } from './blur-stages.ts';
import type { Lattice } from './build-lattice.ts';
import type { Phase } from './crew.ts';

/** A block of a lattice. */
interface Block {
  readonly values: Address;
  readonly vectors: number;
  /** A row of zeros. */
  readonly zeros: Address;
}

/** Blurs one block of a lattice along each axis, in the axes' order, or the reverse, which is the transposed blur. */
export const blurBlock = (
  { chains }: Lattice,
  { values, vectors, zeros }: Block,
  parts: number,
  isReverse = false,
): Phase[] =>
  planBlur(chains, parts, isReverse).map((stage) =>
    stage.map((segments) => segments.map(({ chains, from, to }) => ['blur', vectors, values, chains, from, to, zeros])),
  );
