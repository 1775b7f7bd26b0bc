import { ACTIVATION_CODES } from '../activation-codes.ts';
import { tapsInside, windowAxes, type WindowAxis } from '../plan/window-tables.ts';
import { imageBytesOf, lanesOf, pitchOf, rowBytesOf, type Buffer, type Value } from '../plan/value.ts';
import type { LoweringCall } from './lowering.ts';

/** Side of the tiles that are computed at once. */
type Side = 2 | 4;

/** Times of `assembly/winograd.ts`, relative to one multiply-add of `assembly/conv.ts`: of a product, and of the transforms of a channel. */
const TIMES = { 4: { product: 1.03, transform: 22 }, 2: { product: 0.9, transform: 8.6 } } as const;

/** Transformed filters that do not fit the cache that cores share are read from memory again and again. */
const SHARED_CACHE_BYTES = 24 * 2 ** 20;
const UNCACHED = 2;

/** Of `assembly/winograd.ts`. */
const BLOCK = 32;
const GAP = 64;
const TRANSFORM_SCRATCH = 1024;

/** First pixels of the tiles of one axis: the pixels of each phase of the rate are tiled by themselves. */
function originsOf({ outExtent, rate }: WindowAxis, side: Side): number[] {
  const origins = [];
  for (let phase = 0; phase < Math.min(rate, outExtent); phase++)
    for (let at = phase; at < outExtent; at += side * rate) origins.push(at);
  return origins;
}

interface Candidate {
  readonly side: Side;
  readonly rows: readonly number[];
  readonly columns: readonly number[];
  /** Multiply-adds of `assembly/conv.ts` that take as long. */
  readonly work: number;
}

function candidateOf(side: Side, { rows, columns }: ReturnType<typeof windowAxes>, x: Value, y: Value): Candidate {
  const [tilesDown, tilesAcross] = [originsOf(rows, side), originsOf(columns, side)];
  const size = (side + 2) ** 2;
  const [channels, filters] = [x.shape[3], lanesOf(y)];
  const slow = 4 * size * channels * filters > SHARED_CACHE_BYTES ? UNCACHED : 1;
  const { product, transform } = TIMES[side];
  const perTile = size * (product * slow * channels * filters + transform * (lanesOf(x) + filters));
  return {
    side,
    rows: tilesDown,
    columns: tilesAcross,
    work: x.shape[0] * tilesDown.length * tilesAcross.length * perTile,
  };
}

/** The filters of a convolution as sums over tiles need them, made before the first run. */
function transformFilters({ plan, x, shape, packed }: LoweringCall<'conv2d'>, side: Side): Buffer {
  const filters = Math.ceil(shape[3] / 8) * 8;
  const channels = x.shape[3];
  const y = plan.buffer(4 * (side + 2) ** 2 * channels * filters);
  plan.prepare(
    'winogradFilters',
    { items: filters / 8, work: (side + 2) ** 2 * 4 * channels * filters },
    { x: packed.weights!, y, channels, filters, side, scratch: plan.buffer(plan.parts * TRANSFORM_SCRATCH) },
  );
  return y;
}

function addSteps(call: LoweringCall<'conv2d'>, y: Value, { side, rows, columns, work }: Candidate): void {
  const { plan, attrs, x, shape, packed, residual } = call;
  const axes = windowAxes(attrs, x.shape, shape);
  const tiles = rows.flatMap((row) => columns.flatMap((column) => [row, column]));
  const tilesPerImage = rows.length * columns.length;
  const blockBytes = BLOCK * (pitchOf(x) + pitchOf(y)) + 2 * GAP;
  const scratchBytes = TRANSFORM_SCRATCH + (side + 2) ** 2 * blockBytes;
  plan.kernel(
    'winograd',
    { items: shape[0] * tilesPerImage, unit: 4, work },
    {
      ...{ rowStep: 0, columnStep: 0, depth: 4 * x.shape[3], width: 1, x: x.buffer, y: y.buffer },
      ...{ weights: transformFilters(call, side), biases: packed.biases!, residual: residual?.buffer ?? 0 },
      ...{ activation: ACTIVATION_CODES[attrs.activation], pitch: pitchOf(x), outPitch: pitchOf(y) },
      ...{ filters: lanesOf(y), height: x.shape[1], columns: x.shape[2], imageBytes: imageBytesOf(x) },
      ...{ rowBytes: rowBytesOf(x), outHeight: shape[1], outColumns: shape[2] },
      ...{ rateRow: axes.rows.rate, rateColumn: axes.columns.rate, top: axes.rows.before, left: axes.columns.before },
      ...{ tiles: plan.constant(Int32Array.from(tiles)), tilesPerImage },
      zeros: plan.constant(new Int32Array(Math.max(lanesOf(x), lanesOf(y)))),
      ...{ scratch: plan.buffer(plan.parts * scratchBytes), scratchBytes, side },
    },
  );
}

/**
 * A 3×3 convolution without stride by Winograd's minimal filtering, where that takes less time. It rounds differently.
 *
 * @returns nothing where the convolution itself is faster.
 * @see Lavin & Gray 2015, "Fast Algorithms for Convolutional Neural Networks", §4, arXiv:1509.09308
 */
export function lowerWinograd(call: LoweringCall<'conv2d'>): Value | undefined {
  const { plan, attrs, x, shape } = call;
  if (attrs.kernel.join() !== '3,3' || attrs.strides.join() !== '1,1' || x.lanes) return undefined;
  const axes = windowAxes(attrs, x.shape, shape);
  const y = plan.value(shape);
  const direct = shape[0] * tapsInside(axes.rows) * tapsInside(axes.columns) * x.shape[3] * lanesOf(y);
  const [four, two] = [candidateOf(4, axes, x, y), candidateOf(2, axes, x, y)];
  const best = four.work <= two.work ? four : two;
  if (best.work >= direct) return undefined;
  addSteps(call, y, best);
  return y;
}
