import type { DeviceKernel } from './device-lattice.ts';
import type { Workplace } from './mean-field.ts';
import { createParameterBlock } from './parameters.ts';
import { passOf, submit } from './passes.ts';
import { pixelRows, type PixelRows } from './pixel-rows.ts';
import { readBack } from './read-back.ts';
import { planSpread } from './spread.ts';
import { uploadTerms } from './terms.ts';

type Factors = Float32Array | undefined;

/** What to multiply a pixel's numbers by so that factors that weights have in them become others. */
const replaced = (held: Factors, wanted: Factors, pixel: number): number =>
  held === wanted ? 1 : (wanted?.[pixel] ?? 1) / (held?.[pixel] ?? 1);

/** Values in rows of lanes. */
function toRows(values: Float32Array, { pixels, channels, vectors }: PixelRows, factorOf: (pixel: number) => number) {
  const lanes = 4 * vectors;
  const rows = new Float32Array(pixels * lanes);
  for (let pixel = 0; pixel < pixels; pixel++) {
    const factor = factorOf(pixel);
    for (let c = 0; c < channels; c++) rows[pixel * lanes + c] = factor * values[pixel * channels + c]!;
  }
  return rows;
}

function fromRows(rows: Float32Array, { pixels, channels, vectors }: PixelRows, factorOf: (pixel: number) => number) {
  const lanes = 4 * vectors;
  const values = new Float32Array(pixels * channels);
  for (let pixel = 0; pixel < pixels; pixel++) {
    const factor = factorOf(pixel);
    for (let c = 0; c < channels; c++) values[pixel * channels + c] = factor * rows[pixel * lanes + c]!;
  }
  return values;
}

/** Filters rows of lanes with the factors that the weights have in them. */
async function filterRows(
  { session, buffers, lattice }: Workplace,
  kernel: DeviceKernel,
  shape: PixelRows,
  rows: Float32Array<ArrayBuffer>,
  isTransposed: boolean,
): Promise<Float32Array> {
  const { device } = session;
  const pipelineOf = await session.load(['splat', 'join', 'blur', 'slice']);
  const { pixels, vectors, pixelsPerGroup, groups, channels } = shape;
  const received = await session.attempt(() => {
    const parameters = createParameterBlock(device, buffers, 4);
    const sent = buffers.upload('marginals', rows);
    const planning = { ...{ device, pipelineOf, buffers, lattice, parameters, rows: shape } };
    const { passes, values } = planSpread(planning, [kernel], sent, isTransposed);
    const terms = uploadTerms([{ ...kernel, weight: kernel.scale }], buffers);
    const size = parameters.add([pixels, channels, vectors, pixelsPerGroup, 1]);
    // the sent ones are read before these are written
    const slice = passOf(device, pipelineOf('slice'), [size, terms, lattice.corners, values, sent], groups);
    parameters.upload();
    submit(device, [...passes, slice]);
    return sent;
  });
  return new Float32Array(await readBack(session, buffers, received, shape.bytes));
}

/**
 * Filters values by one kernel, norms included.
 *
 * @param values `[pixels, channels]`.
 * @returns another array of this shape.
 */
export async function filter(
  place: Workplace,
  kernel: DeviceKernel,
  values: Float32Array,
  channels: number,
  isTransposed = false,
): Promise<Float32Array> {
  const shape = pixelRows(place.lattice.pixels, channels);
  const { first, last } = kernel;
  const [wayIn, wayOut] = isTransposed ? [last, first] : [first, last];
  const rows = toRows(values, shape, (pixel) => replaced(first, wayIn, pixel));
  const received = await filterRows(place, kernel, shape, rows, isTransposed);
  return fromRows(received, shape, (pixel) => replaced(last, wayOut, pixel));
}
