import type { Pace } from '@atrous/core';
import type { FieldSpec } from '../engine.ts';
import type { KernelSpec } from '../kernel-spec.ts';
import type { Address } from './assembly.ts';
import { embedPixels } from './embed-pixels.ts';
import { dimensionsOf } from './features.ts';
import type { Kernels } from './kernels.ts';
import { listNeighbours, moveLists, type Axis } from './list-neighbours.ts';
import { sortVertices } from './sort-vertices.ts';

/** The permutohedral lattice of one kernel: where its pixels lie in it, and who is whose neighbour. */
export interface Lattice {
  readonly dimensions: number;
  /** Corners of the simplex that holds a pixel, d + 1. */
  readonly corners: number;
  /** Vertices `[pixels, corners]`, and the barycentric weight of each. */
  readonly rows: Address;
  readonly weights: Address;
  readonly vertices: number;
  /** First vertex of each group of vertices at one place along the first two features, and behind them the number of all. */
  readonly groups: readonly number[];
  readonly axes: readonly Axis[];
}

/**
 * Builds the lattice of one kernel.
 *
 * @see Adams, Baek and Davis 2010, "Fast High-Dimensional Filtering Using the Permutohedral Lattice", §3
 */
export async function buildLattice(kernels: Kernels, spec: KernelSpec, field: FieldSpec, pace: Pace): Promise<Lattice> {
  const { arena } = kernels;
  const dimensions = dimensionsOf(spec);
  const corners = dimensions + 1;
  const incidences = field.width * field.height * corners;
  const to = { rows: arena.allocate(4 * incidences), weights: arena.allocate(4 * incidences) };
  const mark = arena.mark();
  const embedding = await embedPixels(kernels, spec, field, to, pace);
  const sorted = sortVertices(kernels, embedding, to.rows, corners);
  const axes = moveLists(kernels, await listNeighbours(kernels, sorted, embedding.layout.steps), mark);
  return { dimensions, corners, ...to, vertices: sorted.count, groups: sorted.groups, axes };
}
