import type { Pace } from '@atrous/core';
import type { FieldSpec } from '../engine.ts';
import type { KernelSpec, Normalization } from '../kernel-spec.ts';
import type { Address } from './assembly.ts';
import { buildLattice, type Lattice } from './build-lattice.ts';
import { filter } from './filter.ts';
import type { Kernels } from './kernels.ts';

/** A kernel that is ready to filter: out = scale · last ∘ lattice(first ∘ in). */
export interface LatticeKernel {
  readonly lattice: Lattice;
  /** A factor for each pixel, or 0 for none. */
  readonly first: Address;
  readonly last: Address;
  /** Brings the blur's sums back to the size of Gaussian sums. */
  readonly scale: number;
}

/** Keeps the norm of a pixel that resembles no other finite, as in pydensecrf. */
const EPSILON = 1e-20;

/** Turns sums of each pixel into its factor. @param isRoot where it is used on both sides. */
function writeNorms({ arena }: Kernels, norms: Address, sums: Float32Array, isRoot: boolean): void {
  const factors = arena.floats(norms, sums.length);
  for (let i = 0; i < sums.length; i++) {
    const norm = sums[i]! + EPSILON;
    factors[i] = 1 / (isRoot ? Math.sqrt(norm) : norm);
  }
}

async function normalize(
  kernels: Kernels,
  kernel: LatticeKernel,
  normalization: Normalization,
  pixels: number,
  pace: Pace,
): Promise<LatticeKernel> {
  if (normalization === 'none') return kernel;
  const norms = kernels.arena.allocate(4 * pixels);
  const ones = new Float32Array(pixels).fill(1);
  const sums = await filter(kernels, kernel, { values: ones, channels: 1 }, pace);
  writeNorms(kernels, norms, sums, normalization === 'symmetric');
  return {
    ...kernel,
    first: normalization === 'after' ? 0 : norms,
    last: normalization === 'before' ? 0 : norms,
  };
}

/** Builds a kernel's lattice and norms. */
export async function prepareKernel(
  kernels: Kernels,
  spec: KernelSpec,
  field: FieldSpec,
  pace: Pace,
): Promise<LatticeKernel> {
  const lattice = await buildLattice(kernels, spec, field, pace);
  const scale = 1 / (1 + 2 ** -lattice.dimensions);
  const plain = { lattice, first: 0, last: 0, scale };
  return normalize(kernels, plain, spec.normalization ?? 'symmetric', field.width * field.height, pace);
}
