import type { Pace } from '@atrous/core';
import type { Address } from './assembly.ts';
import { blurBlock } from './blur.ts';
import { listIncidences, type Incidences } from './incidences.ts';
import type { Kernels } from './kernels.ts';
import type { LatticeKernel } from './lattice-kernel.ts';
import { planBlocks, type LaneBlocks } from './lane-blocks.ts';

/** Channels that go through a lattice at once. */
const MOST_CHANNELS = 24;

/** Lists for the way in and the way out, which are one list where both have the same weights. */
function incidencesOf(
  kernels: Kernels,
  { lattice, first, last, scale }: LatticeKernel,
  pixels: number,
  rowBytes: number,
) {
  const part = { lattice, base: 0, factor: Math.sqrt(scale) };
  const splat = listIncidences(kernels, [{ ...part, norms: first }], pixels, rowBytes);
  const slice = first === last ? splat : listIncidences(kernels, [{ ...part, norms: last }], pixels, rowBytes);
  return { splat, slice };
}

/** Channels from one on, through the lattice and back to where they were. */
function filterChannels(
  kernels: Kernels,
  { lattice }: LatticeKernel,
  { splat, slice }: { splat: Incidences; slice: Incidences },
  { vectors, step }: LaneBlocks,
  { values, channels, channel, pixels }: { values: Address; channels: number; channel: number; pixels: number },
  isTransposed: boolean,
): void {
  const { arena, assembly } = kernels;
  const count = Math.min(channels - channel, MOST_CHANNELS);
  const lanes = arena.allocate(pixels * step);
  const rows = arena.allocate(lattice.vertices * step);
  const zeros = arena.allocate(step);
  const [at, pitch, end] = [values + 4 * channel, 4 * channels, lanes + pixels * step];
  arena.floats(rows, (lattice.vertices * step) / 4).fill(0);
  arena.floats(zeros, step / 4).fill(0);
  assembly.loadLanes(at, count, pitch, lanes, step, pixels);
  assembly.splat(vectors, splat.list, splat.corners, rows, lanes, step, end);
  blurBlock(kernels, lattice, { values: rows, vectors, zeros }, isTransposed);
  assembly.slice(vectors, slice.list, slice.corners, rows, zeros, 0, lanes, step, end);
  assembly.storeLanes(lanes, step, count, at, pitch, pixels);
  arena.release(lanes);
}

/** What is filtered. */
export interface Signal {
  /** `[pixels, channels]`. */
  readonly values: Float32Array;
  readonly channels: number;
}

/**
 * Filters values by one kernel, norms included.
 *
 * @returns another array of this shape.
 */
export async function filter(
  kernels: Kernels,
  kernel: LatticeKernel,
  { values, channels }: Signal,
  pace: Pace,
  isTransposed = false,
): Promise<Float32Array<ArrayBuffer>> {
  const { arena } = kernels;
  const mark = arena.mark();
  try {
    const pixels = values.length / channels;
    const at = arena.allocate(values.byteLength);
    arena.floats(at, values.length).set(values);
    const { first, last } = kernel;
    const oriented = isTransposed ? { ...kernel, first: last, last: first } : kernel;
    const blocks = planBlocks(Math.min(channels, MOST_CHANNELS));
    const incidences = incidencesOf(kernels, oriented, pixels, blocks.rowBytes);
    for (let channel = 0; channel < channels; channel += MOST_CHANNELS) {
      filterChannels(kernels, kernel, incidences, blocks, { values: at, channels, channel, pixels }, isTransposed);
      const pause = pace(Math.min(channel + MOST_CHANNELS, channels), channels);
      if (pause !== undefined) await pause;
    }
    return arena.floats(at, values.length).slice();
  } finally {
    arena.release(mark);
  }
}
