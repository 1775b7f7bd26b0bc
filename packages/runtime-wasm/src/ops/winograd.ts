import { windowAxes } from '@atrous/core';
import { ACTIVATION_CODES } from '../activation-codes.ts';
import {
  imageBytesOf,
  lanesOf,
  paddedTo,
  pitchOf,
  placeOf,
  rowBytesOf,
  type Buffer,
  type Value,
} from '../plan/value.ts';
import type { LoweringCall } from './lowering.ts';
import { readingTime } from './reading-time.ts';
import { tilingsOf, type Tiling } from './winograd-tiles.ts';

/** Times of `assembly/winograd.ts`, relative to one multiply-add of `assembly/conv.ts`: of a product, and of transforming what makes one. */
const PRODUCT_TIME = 1.03;
const TRANSFORM_TIME = 14;

/** The most that transformed filters of one convolution may take. */
const MOST_FILTER_BYTES = 64 * 2 ** 20;

/** Multiply-adds that each number of transformed filters has to save: 0.1 ms for a megabyte. */
const LEAST_SAVED = 12;

/** How many tiles may be multiplied together, the best first, and the most that their products with a group of filters may take. */
const BLOCKS = [32, 36, 28, 40, 24, 20, 16];
const PRODUCT_BYTES = 320 * 1024;

/** Of `assembly/winograd.ts`. */
const GAP = 64;
const TILE_SCRATCH = 256 + 640 + 640;
const FILTER_SCRATCH = 1024;

/** Tiles that are filtered in one way down and in one across. */
interface Part {
  readonly rows: Tiling;
  readonly columns: Tiling;
  /** Numbers of the transformed filters. */
  readonly weights: number;
  /** Multiply-adds of `assembly/conv.ts` that take as long. */
  readonly work: number;
}

const productsOf = ({ rows, columns }: Pick<Part, 'rows' | 'columns'>): number =>
  rows.filtering.products * columns.filtering.products;

function partOf(rows: Tiling, columns: Tiling, { x, shape }: LoweringCall<'conv2d'>): Part {
  const products = productsOf({ rows, columns });
  const [channels, filters] = [x.shape[3], paddedTo(shape[3])];
  const tiles = x.shape[0] * rows.origins.length * columns.origins.length;
  const weights = products * channels * filters;
  const perTile = PRODUCT_TIME * weights + TRANSFORM_TIME * products * (lanesOf(x) + filters);
  return { rows, columns, weights, work: tiles * perTile + readingTime(weights, Math.ceil(tiles / BLOCKS[0]!)) };
}

/** The work of all parts, and what their filters have to save; endless where these would take too much room. */
function workOf(parts: readonly Part[]): number {
  const sum = (numberOf: (part: Part) => number): number => parts.reduce((total, part) => total + numberOf(part), 0);
  const numbers = sum(({ weights }) => weights);
  return 4 * numbers > MOST_FILTER_BYTES ? Infinity : sum(({ work }) => work) + LEAST_SAVED * numbers;
}

/** The way to cut a map into tiles that takes the least time. */
function cheapest(call: LoweringCall<'conv2d'>): readonly Part[] {
  const { rows, columns } = windowAxes(call.attrs, call.x.shape, call.shape);
  const across = tilingsOf(columns);
  const candidates = tilingsOf(rows).flatMap((down) =>
    across.map((tilings) => down.flatMap((row) => tilings.map((column) => partOf(row, column, call)))),
  );
  return candidates.reduce((best, parts) => (workOf(parts) < workOf(best) ? parts : best));
}

/** The filters of a convolution as sums over tiles need them, made before the first run. */
function transformFilters({ plan, x, shape, packed }: LoweringCall<'conv2d'>, part: Part): Buffer {
  const filters = paddedTo(shape[3]);
  const channels = x.shape[3];
  const y = plan.buffer(4 * productsOf(part) * channels * filters);
  const [row, column] = [part.rows.filtering, part.columns.filtering];
  plan.prepare(
    'winogradFilters',
    { items: filters / 8, work: productsOf(part) * 4 * channels * filters },
    {
      ...{ x: packed.weights!, y, channels, filters, scratch: plan.buffer(plan.parts * FILTER_SCRATCH) },
      ...{ rowKind: row.code, rowProducts: row.products, columnKind: column.code, columnProducts: column.products },
    },
  );
  return y;
}

/** As many tiles as leave threads with as many of them as each other, or nearly. */
function blockOf(tiles: number, parts: number): number {
  const busiest = (block: number): number => {
    const blocks = Math.floor(tiles / block);
    return block * Math.floor(blocks / parts) + (blocks % parts === 0 ? tiles - blocks * block : block);
  };
  return BLOCKS.reduce((best, block) => (busiest(block) < busiest(best) ? block : best));
}

function addStep(call: LoweringCall<'conv2d'>, y: Value, part: Part): void {
  const { plan, attrs, x, shape, packed, residual } = call;
  const axes = windowAxes(attrs, x.shape, shape);
  const tiles = part.rows.origins.flatMap((row) => part.columns.origins.flatMap((column) => [row, column]));
  const [row, column] = [part.rows.filtering, part.columns.filtering];
  const depth = 4 * x.shape[3];
  const items = (shape[0] * tiles.length) / 2;
  const block = blockOf(items, plan.parts);
  const group = Math.max(8, 8 * Math.floor(PRODUCT_BYTES / (4 * block * productsOf(part)) / 8));
  const scratchBytes = TILE_SCRATCH + productsOf(part) * (block * (depth + 4 * group) + 2 * GAP);
  plan.kernel(
    'winograd',
    { items, unit: block, work: part.work },
    {
      ...{ x: x.buffer, y: placeOf(y), weights: transformFilters(call, part), biases: packed.biases! },
      ...{ residual: residual?.buffer ?? 0, activation: ACTIVATION_CODES[attrs.activation], depth, pitch: pitchOf(x) },
      ...{ rowBytes: rowBytesOf(x), imageBytes: imageBytesOf(x), height: x.shape[1], width: x.shape[2] },
      ...{ outPitch: pitchOf(y), outHeight: shape[1], outWidth: shape[2], filters: paddedTo(shape[3]) },
      ...{ rateRow: axes.rows.rate, rateColumn: axes.columns.rate },
      top: axes.rows.before - row.firstTap * axes.rows.rate,
      left: axes.columns.before - column.firstTap * axes.columns.rate,
      ...{ tiles: plan.constant(Int32Array.from(tiles)), tilesPerImage: tiles.length / 2 },
      ...{ rowKind: row.code, rowInputs: row.inputs, rowProducts: row.products, rowSums: row.outputs },
      ...{ columnKind: column.code, columnInputs: column.inputs, columnProducts: column.products },
      ...{ columnSums: column.outputs, block, group, zeros: plan.constant(new Int32Array(lanesOf(x))) },
      ...{ scratch: plan.buffer(plan.parts * scratchBytes), scratchBytes },
    },
  );
}

/**
 * A 3×3 convolution without stride by Winograd's minimal filtering, where that takes less time. It rounds differently.
 *
 * @param y where it belongs.
 * @param direct work of the convolution itself.
 * @returns nothing where the convolution itself is faster.
 * @see Lavin & Gray 2015, "Fast Algorithms for Convolutional Neural Networks", §4, arXiv:1509.09308
 */
export function lowerWinograd(call: LoweringCall<'conv2d'>, y: Value, direct: number): Value | undefined {
  const { attrs, x } = call;
  if (attrs.kernel.join() !== '3,3' || attrs.strides.join() !== '1,1' || x.lanes) return undefined;
  const parts = cheapest(call);
  if (workOf(parts) >= direct) return undefined;
  for (const part of parts) addStep(call, y, part);
  return y;
}
