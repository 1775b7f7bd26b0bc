import type { Pace } from '@atrous/core';
import type { FieldSpec } from '../engine.ts';
import type { KernelSpec } from '../kernel-spec.ts';
import type { Address } from './assembly.ts';
import { dimensionsOf, writeKernelFeatures } from './features.ts';
import type { Kernels } from './kernels.ts';
import { createKeyTable, growKeyTable, type KeyTable } from './key-table.ts';
import { layOutKeys, type KeyLayout } from './key-layout.ts';
import { createStruct } from './struct.ts';

/** Neighbours along one axis: numbers of vertices, of which the first of each chain has its highest bit set, as has what follows the last. */
export interface Chains {
  readonly at: Address;
  readonly length: number;
}

/** The permutohedral lattice of one kernel: where its pixels lie in it, and who is whose neighbour. */
export interface Lattice {
  readonly dimensions: number;
  /** Corners of the simplex that holds a pixel, d + 1. */
  readonly corners: number;
  /** Vertices `[pixels, corners]`, and the barycentric weight of each. */
  readonly rows: Address;
  readonly weights: Address;
  readonly vertices: number;
  /** Of each axis. */
  readonly chains: readonly Chains[];
}

/** Pixels between two looks at the clock. */
const STRIP = 16384;
/** Ranks of more coordinates, 5 bits each, do not fit the memo's word. */
const MOST_REMEMBERED = 11;
const SCRATCH_BYTES = 2048;

const EMBEDDING = [
  ...['features', 'plane', 'dimensions', 'scales', 'bases', 'strides', 'rows', 'weights'],
  ...['slots', 'shift', 'keys', 'count', 'memo', 'memoStep', 'scratch'],
] as const;

/** Vertices found, and the table that knows them. */
interface Vertices {
  readonly table: KeyTable;
  readonly count: number;
}

function place({ arena }: Kernels, { scales, bases, strides }: KeyLayout) {
  const at = {
    scales: arena.allocate(scales.byteLength),
    bases: arena.allocate(bases.byteLength),
    strides: arena.allocate(strides.byteLength),
  };
  arena.floats(at.scales, scales.length).set(scales);
  arena.ints(at.bases, bases.length).set(bases);
  arena.longs(at.strides, strides.length).set(strides);
  return at;
}

/** An empty memo of simplices. */
function allocateMemo({ arena, assembly }: Kernels, dimensions: number) {
  if (dimensions > MOST_REMEMBERED) return { memo: 0, memoStep: 0 };
  const memoStep = 16 + 16 * Math.ceil((dimensions + 1) / 4);
  const bytes = assembly.memoBytes(memoStep);
  const memo = arena.allocate(bytes);
  arena.ints(memo, bytes / 4).fill(-1);
  return { memo, memoStep };
}

/** Finds every pixel's simplex. @param to where `rows` and `weights` go. */
async function embedPixels(
  kernels: Kernels,
  spec: KernelSpec,
  field: FieldSpec,
  to: { rows: Address; weights: Address },
  pace: Pace,
): Promise<Vertices & { layout: KeyLayout }> {
  const { arena, assembly } = kernels;
  const pixels = field.width * field.height;
  const dimensions = dimensionsOf(spec);
  const pitch = Math.ceil(pixels / 4) * 4;
  const features = arena.allocate(4 * pitch * dimensions);
  const layout = layOutKeys(
    writeKernelFeatures(spec, field, { values: arena.floats(features, pitch * dimensions), pitch }),
  );
  const scratch = arena.allocate(SCRATCH_BYTES);
  const fixed = { features, plane: 4 * pitch, dimensions, ...place(kernels, layout), ...to, scratch };
  const memo = allocateMemo(kernels, dimensions);
  const embedding = createStruct(arena, EMBEDDING);
  let table = createKeyTable(kernels);
  embedding.set({ ...fixed, ...memo, ...table });
  for (let from = 0; from < pixels;) {
    const end = Math.min(from + STRIP, pixels);
    from = assembly.embed(embedding.at, from, end, table.most);
    if (from < end) {
      table = growKeyTable(kernels, table, embedding.int('count'));
      embedding.set({ ...table });
    }
    const pause = pace(from, pixels);
    if (pause !== undefined) await pause;
  }
  return { table, count: embedding.int('count'), layout };
}

function listChains({ arena, assembly }: Kernels, { table, count }: Vertices, { strides, wrap }: KeyLayout): Chains[] {
  const scratch = arena.allocate(5 * count);
  return Array.from(strides, (stride) => {
    const at = arena.allocate(4 * (count + 1));
    const { slots, shift, keys } = table;
    const length = assembly.listChains(slots, shift, keys, count, stride, wrap, at, scratch);
    arena.release(at + 4 * (length + 1));
    return { at, length };
  });
}

/** Moves chains to where building began, which frees what else it took. */
function keepChains({ arena }: Kernels, chains: readonly Chains[], mark: Address): Chains[] {
  arena.release(mark);
  return chains.map(({ at, length }) => {
    const to = arena.allocate(4 * (length + 1));
    arena.ints(to, length + 1).set(arena.ints(at, length + 1));
    return { at: to, length };
  });
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
  const bytes = 4 * field.width * field.height * corners;
  const to = { rows: arena.allocate(bytes), weights: arena.allocate(bytes) };
  const mark = arena.mark();
  const { layout, ...vertices } = await embedPixels(kernels, spec, field, to, pace);
  const chains = keepChains(kernels, listChains(kernels, vertices, layout), mark);
  return { dimensions, corners, ...to, vertices: vertices.count, chains };
}
