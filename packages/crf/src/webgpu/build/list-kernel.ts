import type { Buffers } from '../buffers.ts';
import { groupsOf } from '../passes.ts';
import type { Corners } from './find-vertices.ts';
import { DIGIT_BITS, SORT_BLOCK } from './shaders/sort.ts';
import { addScan, type Stage } from './stage.ts';

/** Rows of vertices, and the corners that have them. */
interface Sorted {
  readonly rows: GPUBuffer;
  readonly corners: GPUBuffer;
}

/** Sorts corners by vertex; those of one vertex stay in the order of the pixels, so that sums are the same every time. */
function addSort(stage: Stage, rows: GPUBuffer, count: number, vertices: number): Sorted {
  const { scratch } = stage;
  const buffer = (name: string): GPUBuffer => scratch.reserve(name, 4 * count);
  const blocks = Math.ceil(count / SORT_BLOCK);
  const counts = scratch.reserve('counts', 4 * blocks * 2 ** DIGIT_BITS);
  const sides: Sorted[] = ['one', 'other'].map((side) => ({
    rows: buffer(`${side} rows`),
    corners: buffer(`${side} corners`),
  }));
  let from: Sorted = { rows, corners: buffer('unsorted corners') };
  stage.add('countUp', [count], [from.corners], groupsOf(count));
  // once even for a single vertex, to have them in a buffer of their own
  for (let shift = 0, round = 0; shift === 0 || vertices > 2 ** shift; shift += DIGIT_BITS, round++) {
    const to = sides[round % 2]!;
    stage.add('countDigits', [count, shift, blocks], [from.rows, counts], blocks);
    addScan(stage, counts, blocks * 2 ** DIGIT_BITS, 'counts');
    const bound = [from.rows, from.corners, counts, to.rows, to.corners];
    stage.add('moveDigits', [count, shift, blocks], bound, blocks);
    from = to;
  }
  return from;
}

/** What splatting, blurring and slicing read, but for chunks. Weights have no factors yet. */
export interface KernelLists {
  readonly corners: GPUBuffer;
  readonly incidences: GPUBuffer;
  readonly neighbours: readonly GPUBuffer[];
  /** Where incidences of each vertex begin; it remains to be said where the last one's end. */
  readonly starts: GPUBuffer;
}

/** Lists a kernel in buffers of its own. */
export function listKernel(stage: Stage, found: Corners, vertices: number, own: Buffers): KernelLists {
  const { count, dimensions, mask, keys, weights, steps, slots, places, numbers } = found;
  const groups = groupsOf(count);
  const rows = stage.scratch.reserve('rows', 4 * count);
  stage.add('name', [count], [places, slots, numbers, rows], groups);
  const neighbours = Array.from({ length: dimensions + 1 }, (_, axis) => {
    const both = own.reserve(`neighbours ${axis}`, 8 * vertices);
    stage.add('meet', [count, mask, axis], [keys, places, slots, numbers, steps, both], groups);
    return both;
  });
  const sorted = addSort(stage, rows, count, vertices);
  const [corners, incidences] = ['corners', 'incidences'].map((name) => own.reserve(name, 8 * count));
  const starts = stage.scratch.reserve('starts', 4 * (vertices + 1));
  const bound = [rows, weights, sorted.rows, sorted.corners, corners!, incidences!, starts];
  stage.add('list', [count, dimensions + 1], bound, groups);
  return { corners: corners!, incidences: incidences!, neighbours, starts };
}
