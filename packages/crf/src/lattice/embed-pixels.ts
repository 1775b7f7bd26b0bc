import type { Pace } from '@atrous/core';
import type { FieldSpec } from '../engine.ts';
import type { KernelSpec } from '../kernel-spec.ts';
import type { Address } from './assembly.ts';
import { sharesOf, type Call } from './crew.ts';
import { dimensionsOf, writeKernelFeatures } from './features.ts';
import type { Kernels } from './kernels.ts';
import { createKeyTable, growKeyTable, type KeyTable } from './key-table.ts';
import { layOutKeys, type KeyLayout } from './key-layout.ts';
import { createStruct, type Struct } from './struct.ts';

/** Vertices that one part of the work found. */
export interface FoundVertices {
  /** In the order in which its pixels touch them. */
  readonly keys: Address;
  readonly count: number;
  /** Its pixels. */
  readonly from: number;
  readonly to: number;
}

/** Vertices of all pixels; parts may have found the same ones. */
export interface Embedding {
  readonly parts: readonly FoundVertices[];
  readonly layout: KeyLayout;
}

/** Pixels between two looks at the clock. */
const STRIP = 65536;
/** Pixels that are embedded together. */
const TOGETHER = 4;
/** Ranks of more coordinates, 5 bits each, do not fit the memo's word. */
const MOST_REMEMBERED = 11;
const SCRATCH_BYTES = 2048;

const EMBEDDING = [
  ...['features', 'plane', 'dimensions', 'scales', 'steps', 'rows', 'weights', 'slots', 'shift', 'keys', 'count'],
  ...['most', 'next', 'memo', 'memoStep', 'scratch'],
] as const;

/** One part of the work, with a table of its own. */
interface Embedder {
  readonly struct: Struct<(typeof EMBEDDING)[number]>;
  readonly from: number;
  readonly to: number;
  readonly table: KeyTable;
}

function placeLayout({ arena }: Kernels, { scales, steps, origin }: KeyLayout) {
  const at = { scales: arena.allocate(scales.byteLength), steps: arena.allocate(steps.byteLength + 8) };
  arena.floats(at.scales, scales.length).set(scales);
  arena.longs(at.steps, steps.length + 1).set([...steps, origin]);
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

function startEmbedder(
  kernels: Kernels,
  shared: { readonly dimensions: number },
  [from, to]: readonly [number, number],
): Embedder {
  const struct = createStruct(kernels.arena, EMBEDDING);
  const table = createKeyTable(kernels);
  const scratch = kernels.arena.allocate(SCRATCH_BYTES);
  struct.set({ ...shared, ...table, ...allocateMemo(kernels, shared.dimensions), scratch, next: from });
  return { struct, from, to, table };
}

/** Lets each part go on for a while, and gives those a larger table that had no more room. */
async function goOn(kernels: Kernels, embedders: readonly Embedder[]): Promise<Embedder[]> {
  const ends = embedders.map(({ struct, to }) => Math.min(struct.int('next') + STRIP, to));
  await kernels.crew.run([embedders.map(({ struct }, part): Call[] => [['embed', struct.at, ends[part]!]])]);
  return embedders.map((embedder, part) => {
    const { struct, table } = embedder;
    if (struct.int('next') >= ends[part]!) return embedder;
    const larger = growKeyTable(kernels, table, struct.int('count'));
    struct.set({ ...larger });
    return { ...embedder, table: larger };
  });
}

/** Finds every pixel's simplex. @param to where `rows` and `weights` go; each part numbers the vertices of its rows for itself. */
export async function embedPixels(
  kernels: Kernels,
  spec: KernelSpec,
  field: FieldSpec,
  to: { rows: Address; weights: Address },
  pace: Pace,
): Promise<Embedding> {
  const { arena, crew } = kernels;
  const pixels = field.width * field.height;
  const dimensions = dimensionsOf(spec);
  const pitch = Math.ceil(pixels / TOGETHER) * TOGETHER;
  const features = arena.allocate(4 * pitch * dimensions);
  const planes = { values: arena.floats(features, pitch * dimensions), pitch };
  const layout = layOutKeys(writeKernelFeatures(spec, field, planes));
  const shared = { features, plane: 4 * pitch, dimensions, ...placeLayout(kernels, layout), ...to };
  let embedders = sharesOf(pixels, crew.parts, TOGETHER).map((share) => startEmbedder(kernels, shared, share));
  for (let left = pixels; left > 0;) {
    embedders = await goOn(kernels, embedders);
    left = embedders.reduce((sum, one) => sum + Math.max(0, one.to - one.struct.int('next')), 0);
    const pause = pace(pixels - left, pixels);
    if (pause !== undefined) await pause;
  }
  const parts = embedders.map(({ struct, table: { keys }, ...share }) => ({
    ...share,
    keys,
    count: struct.int('count'),
  }));
  return { parts, layout };
}
