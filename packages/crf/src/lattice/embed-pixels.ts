import type { Pace } from '@atrous/core';
import type { FieldSpec } from '../engine.ts';
import type { KernelSpec } from '../kernel-spec.ts';
import type { Address } from './assembly.ts';
import { dimensionsOf, writeKernelFeatures } from './features.ts';
import type { Kernels } from './kernels.ts';
import { createKeyTable, growKeyTable } from './key-table.ts';
import { layOutKeys, type KeyLayout } from './key-layout.ts';
import { createStruct } from './struct.ts';

/** Pixels between two looks at the clock. */
const STRIP = 16384;
/** Ranks of more coordinates, 5 bits each, do not fit the memo's word. */
const MOST_REMEMBERED = 11;
const SCRATCH_BYTES = 2048;

const EMBEDDING = [
  ...['features', 'plane', 'dimensions', 'scales', 'steps', 'rows', 'weights'],
  ...['slots', 'shift', 'keys', 'count', 'memo', 'memoStep', 'scratch'],
] as const;

/** Vertices found. */
export interface Vertices {
  /** In the order in which pixels touch them. */
  readonly keys: Address;
  readonly count: number;
  readonly layout: KeyLayout;
}

function place({ arena }: Kernels, { scales, steps, origin }: KeyLayout) {
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

/** Finds every pixel's simplex. @param to where `rows` and `weights` go. */
export async function embedPixels(
  kernels: Kernels,
  spec: KernelSpec,
  field: FieldSpec,
  to: { rows: Address; weights: Address },
  pace: Pace,
): Promise<Vertices> {
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
  return { keys: table.keys, count: embedding.int('count'), layout };
}
