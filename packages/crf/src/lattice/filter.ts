import type { Pace } from '@atrous/core';
import type { Address } from './assembly.ts';
import { placeBlur } from './blur.ts';
import { sharedPhase, type Call } from './crew.ts';
import { listIncidences, type Incidences } from './incidences.ts';
import type { Kernels } from './kernels.ts';
import type { LatticeKernel } from './lattice-kernel.ts';
import { planBlocks, type LaneBlocks } from './lane-blocks.ts';

/** Channels that go through a lattice at once. */
const MOST_CHANNELS = 24;

/** Lists for the way in and the way out, which are one list where both have the same weights. */
async function incidencesOf(
  kernels: Kernels,
  { lattice, first, last, scale }: LatticeKernel,
  pixels: number,
  rowBytes: number,
) {
  const part = { lattice, base: 0, factor: Math.sqrt(scale) };
  const splat = await listIncidences(kernels, [{ ...part, norms: first }], pixels, rowBytes);
  const slice = first === last ? splat : await listIncidences(kernels, [{ ...part, norms: last }], pixels, rowBytes);
  return { splat, slice };
}

/** Channels from one on, through the lattice and back to where they were. */
async function filterChannels(
  { arena, crew }: Kernels,
  { lattice }: LatticeKernel,
  { splat, slice }: { splat: Incidences; slice: Incidences },
  { vectors, rowBytes, step }: LaneBlocks,
  { values, channels, channel, pixels }: { values: Address; channels: number; channel: number; pixels: number },
  isTransposed: boolean,
): Promise<void> {
  const count = Math.min(channels - channel, MOST_CHANNELS);
  const lanes = arena.allocate(pixels * step);
  const rows = arena.allocate(lattice.vertices * step);
  const zeros = arena.allocate(step);
  const pitch = 4 * channels;
  const valuesAt = (pixel: number): Address => values + 4 * channel + pixel * pitch;
  const load = sharedPhase(crew, pixels, (from, to) => [
    ['loadLanes', valuesAt(from), count, pitch, lanes + from * step, step, to - from],
  ]);
  const sum: Call[] = [
    ['clear', rows, lattice.vertices * step],
    ['clear', zeros, step],
    ['splat', vectors, splat.list, splat.corners, rows, lanes, step, lanes + pixels * step],
  ];
  const store = sharedPhase(crew, pixels, (from, to) => {
    const [list, first, end] = [slice.list + from * slice.corners, lanes + from * step, lanes + to * step];
    return [
      ['slice', vectors, list, slice.corners, rows, zeros, 0, first, step, end],
      ['storeLanes', first, step, count, valuesAt(from), pitch, to - from],
    ];
  });
  const blur = placeBlur(arena, lattice, { vectors, rowBytes, parts: crew.parts, zeros, isReverse: isTransposed });
  // pixels that are splatted at once might have a vertex in common
  await crew.run([load, [sum], ...blur(rows), store]);
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
    const incidences = await incidencesOf(kernels, oriented, pixels, blocks.rowBytes);
    for (let channel = 0; channel < channels; channel += MOST_CHANNELS) {
      await filterChannels(
        kernels,
        kernel,
        incidences,
        blocks,
        { values: at, channels, channel, pixels },
        isTransposed,
      );
      const pause = pace(Math.min(channel + MOST_CHANNELS, channels), channels);
      if (pause !== undefined) await pause;
    }
    return arena.floats(at, values.length).slice();
  } finally {
    arena.release(mark);
  }
}
