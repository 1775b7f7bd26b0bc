import type { LongRunningOptions } from '@atrous/core';
import type { DeviceKernel } from './device-kernel.ts';
import type { Workplace } from './mean-field.ts';
import { floatBits } from './parameters.ts';
import { passOf, submit } from './passes.ts';
import { pixelRows, type PixelRows } from './pixel-rows.ts';
import { createPlan } from './plan.ts';
import { readBack } from './read-back.ts';
import { planSpread } from './spread.ts';

/** Channels that go through a lattice at once. */
const MOST_CHANNELS = 256;

/** Numbers `[pixels, channels]`. */
interface Values {
  readonly values: Float32Array;
  readonly channels: number;
}

/** What to multiply a pixel's numbers by on the way in and on the way out, beside what the weights have in them. */
interface Corrections {
  in(pixel: number): number;
  out(pixel: number): number;
}

/** The transposed kernel has the factors the other way round. */
function correctionsOf({ factors }: DeviceKernel, isTransposed: boolean): Corrections {
  if (!isTransposed || factors === undefined) return { in: () => 1, out: () => 1 };
  const { first, last } = factors;
  const ratio = (pixel: number): number => (last?.[pixel] ?? 1) / (first?.[pixel] ?? 1);
  return { in: ratio, out: (pixel) => 1 / ratio(pixel) };
}

/** Channels from one on, in rows of lanes. */
function toRows({ values, channels }: Values, from: number, rows: PixelRows, factorOf: (pixel: number) => number) {
  const lanes = 4 * rows.vectors;
  const filled = new Float32Array(rows.pixels * lanes);
  for (let pixel = 0; pixel < rows.pixels; pixel++) {
    const factor = factorOf(pixel);
    for (let c = 0; c < rows.channels; c++) filled[pixel * lanes + c] = factor * values[pixel * channels + from + c]!;
  }
  return filled;
}

function fromRows(
  filled: Float32Array,
  rows: PixelRows,
  { values, channels }: Values,
  from: number,
  factorOf: (pixel: number) => number,
): void {
  const lanes = 4 * rows.vectors;
  for (let pixel = 0; pixel < rows.pixels; pixel++) {
    const factor = factorOf(pixel);
    for (let c = 0; c < rows.channels; c++) values[pixel * channels + from + c] = factor * filled[pixel * lanes + c]!;
  }
}

/** Where to filter. */
type Filtering = Pick<Workplace, 'session' | 'buffers'>;

/** Filters rows of lanes with the factors that the weights have in them. @returns rows of lanes. */
export async function filterRows(
  { session, buffers }: Filtering,
  kernel: DeviceKernel,
  rows: PixelRows,
  filled: Float32Array<ArrayBuffer>,
  isTransposed: boolean,
): Promise<GPUBuffer> {
  const pipelineOf = await session.load(['splat', 'join', 'blur', 'slice']);
  const { pixels, channels, vectors, pixelsPerGroup, groups } = rows;
  return session.attempt(() => {
    const plan = createPlan(session, pipelineOf, buffers, [kernel], rows);
    // what is sent has been read before what is received is written
    const both = buffers.upload('marginals', filled);
    const { passes, values } = planSpread(plan, kernel, both, isTransposed);
    const { corners, lists, scale } = kernel;
    const size = plan.parameters.add([pixels, channels, vectors, pixelsPerGroup, corners, floatBits(scale)]);
    plan.parameters.upload();
    const slice = passOf(session.device, pipelineOf('slice'), [size, lists.corners, values, both], groups);
    submit(session.device, [...passes, slice]);
    return both;
  });
}

/**
 * Filters values by one kernel, norms included.
 *
 * @param given `[pixels, channels]`.
 * @returns another array of this shape.
 */
export async function filter(
  place: Workplace,
  kernel: DeviceKernel,
  given: Values,
  isTransposed: boolean,
  { signal, onProgress }: LongRunningOptions,
): Promise<Float32Array> {
  const { values, channels } = given;
  const pixels = values.length / channels;
  const filtered = { values: new Float32Array(values.length), channels };
  const corrections = correctionsOf(kernel, isTransposed);
  for (let from = 0; from < channels; from += MOST_CHANNELS) {
    signal?.throwIfAborted();
    const rows = pixelRows(pixels, Math.min(MOST_CHANNELS, channels - from));
    const filled = toRows(given, from, rows, (pixel) => corrections.in(pixel));
    const both = await filterRows(place, kernel, rows, filled, isTransposed);
    const received = new Float32Array(await readBack(place.session, place.buffers, both, rows.bytes));
    fromRows(received, rows, filtered, from, (pixel) => corrections.out(pixel));
    onProgress?.({ phase: 'filter', completed: from + rows.channels, total: channels });
  }
  signal?.throwIfAborted();
  return filtered.values;
}
