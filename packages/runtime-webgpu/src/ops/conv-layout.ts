import { resolvePads, type OpAttrs, type WindowGeometry } from '@atrous/core';
import { chooseRectangle, type Extents } from '../plan/choose-rectangle.ts';
import { inTwoDimensions } from '../plan/groups.ts';
import type { Groups } from '../plan/plan-builder.ts';
import { blocksOf, type MapShape } from '../plan/value.ts';
import { tileSize, type ConvTile, type TILE_FIELDS } from '../shaders/tile-product.ts';

/** A large product of many groups: each thread has 4 pixels of 8 filters, so that a number that is fetched takes part in many products. */
const LARGE: ConvTile = { threads: [8, 16], blocks: 2, pixels: 4 };
/** Few filters, or too few pixels for a group on each of a GPU's cores. */
const SMALL: ConvTile = { threads: [8, 8], blocks: 1, pixels: 4 };

/** Groups that keep a GPU busy. */
const BUSY = 96;

/** How groups of threads share a convolution. */
export interface ConvLayout {
  readonly tile: ConvTile;
  readonly groups: Groups;
  readonly fields: Readonly<Record<(typeof TILE_FIELDS)[number], number>>;
  /** Whether each group computes all filters of its pixels, and a GPU is kept busy nevertheless. */
  readonly hasWholePixels: boolean;
}

function extentsOf(window: WindowGeometry, x: MapShape, y: MapShape): Extents {
  const { top, left } = resolvePads(window, [x[1], x[2]]);
  const axis = (index: 0 | 1, before: number) => ({
    kernel: window.kernel[index],
    stride: window.strides[index],
    rate: window.atrousRate?.[index] ?? 1,
    before,
    inExtent: x[index + 1]!,
    outExtent: y[index + 1]!,
  });
  return { rows: axis(0, top), columns: axis(1, left) };
}

/** Whether a convolution makes each pixel of `y` of the one pixel of `x` that is in its place. */
export const isPointwise = ({ kernel, strides }: OpAttrs['conv2d'], x: MapShape, y: MapShape): boolean =>
  [...kernel, ...strides].every((extent) => extent === 1) && x[1] === y[1] && x[2] === y[2];

/** Cuts a convolution's result `y` into tiles. @param window what it reads of `x`. */
export function layOutConv(window: WindowGeometry, x: MapShape, y: MapShape): ConvLayout {
  const extents = extentsOf(window, x, y);
  const layOut = (tile: ConvTile) => {
    const { height, width } = chooseRectangle(extents, tileSize(tile).pixels);
    const [tilesDown, tilesAcross] = [Math.ceil(y[1] / height), Math.ceil(y[2] / width)];
    const tiles = y[0] * tilesDown * tilesAcross;
    const filterGroups = Math.ceil(blocksOf(y[3]) / tileSize(tile).blocks);
    const fields = { tileHeight: height, tileWidth: width, tilesDown, tilesAcross, tiles };
    return { tile, fields, filterGroups, isBusy: filterGroups * tiles >= BUSY };
  };
  const large = layOut(LARGE);
  const isSmall = !large.isBusy || blocksOf(y[3]) <= tileSize(SMALL).blocks;
  const { tile, fields, filterGroups, isBusy } = isSmall ? layOut(SMALL) : large;
  const groups = [filterGroups, ...inTwoDimensions(fields.tiles)] as const;
  return { tile, fields, groups, hasWholePixels: filterGroups === 1 && isBusy };
}
