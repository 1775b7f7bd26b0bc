import { resolvePads } from '@atrous/core';
import { inTwoDimensions } from '../plan/groups.ts';
import { chooseRectangle, type Extents } from '../plan/choose-rectangle.ts';
import { blocksOf, type MapValue } from '../plan/value.ts';
import { windowFields } from '../plan/window.ts';
import { conv, tileSize, type ConvTile } from '../shaders/conv.ts';
import type { Lowering, LoweringCall } from './lowering.ts';

/** A large product of many groups: each thread has 4 pixels of 8 filters, so that a number that is fetched takes part in many products. */
const LARGE: ConvTile = { threads: [8, 16], blocks: 2, pixels: 4 };
/** Few filters, or too few pixels for a group on each of a GPU's cores. */
const SMALL: ConvTile = { threads: [8, 8], blocks: 1, pixels: 4 };

/** Groups that keep a GPU busy. */
const BUSY = 96;

/** A 1×1 convolution is a product of matrices: where pixels lie does not matter, so they are one row. */
const isPointwise = ({ attrs, x, shape }: LoweringCall<'conv2d'>): boolean =>
  attrs.kernel.join() === '1,1' && attrs.strides.join() === '1,1' && x.shape[1] === shape[1] && x.shape[2] === shape[2];

const asOneRow = (map: MapValue): MapValue => {
  const [n, h, w, c] = map.shape;
  return { ...map, shape: [1, 1, n * h * w, c] };
};

function extentsOf({ attrs, x, shape }: LoweringCall<'conv2d'>): Extents {
  const { top, left } = resolvePads(attrs, [x.shape[1], x.shape[2]]);
  const axis = (index: 0 | 1, before: number) => ({
    kernel: attrs.kernel[index],
    stride: attrs.strides[index],
    rate: attrs.atrousRate[index],
    before,
    inExtent: x.shape[index + 1]!,
    outExtent: shape[index + 1]!,
  });
  return { rows: axis(0, top), columns: axis(1, left) };
}

function lower(call: LoweringCall<'conv2d'>, y: MapValue): void {
  const { plan, attrs, x, packed, residual } = call;
  const extents = extentsOf(call);
  const layOut = (tile: ConvTile) => {
    const { height, width } = chooseRectangle(extents, tileSize(tile).pixels);
    const [tilesDown, tilesAcross] = [Math.ceil(y.shape[1] / height), Math.ceil(y.shape[2] / width)];
    const tiles = y.shape[0] * tilesDown * tilesAcross;
    const [across, down] = inTwoDimensions(tiles);
    const filterGroups = Math.ceil(blocksOf(y.shape[3]) / tileSize(tile).blocks);
    const fields = { tileHeight: height, tileWidth: width, tilesDown, tilesAcross, tiles };
    return { tile, fields, groups: [filterGroups, across, down] as const, count: filterGroups * tiles };
  };
  const large = layOut(LARGE);
  const { tile, fields, groups } =
    large.count < BUSY || blocksOf(y.shape[3]) <= tileSize(SMALL).blocks ? layOut(SMALL) : large;
  const kernel = conv({ tile, activation: attrs.activation, hasResidual: residual !== undefined });
  const bound = { y, x, filters: packed.weights!, biases: packed.biases!, ...(residual && { residual }) };
  plan.dispatch(kernel, groups, bound, { ...windowFields(attrs, x), ...fields });
}

/** Atrous convolution. Taps on padding are left out. */
export const conv2d: Lowering<'conv2d'> = (call) => {
  const y = call.result();
  if (!isPointwise(call)) lower(call, y);
  else {
    const [row, x] = [asOneRow(y), asOneRow(call.x)];
    const residual = call.residual && asOneRow(call.residual);
    lower({ ...call, attrs: { ...call.attrs, padding: 'valid' }, shape: row.shape, x, residual }, row);
  }
  return y;
};
