import { activate, clamp, highest, LAST_CLAMP, lowest } from './activate';
import { toFactors, toSums, toTapFactors } from './minimal-filtering';
import { multiplyAdd } from './multiply-add';

/** Products lie apart by a cache line more than they need, so that those of one tile do not evict each other. */
const GAP: usize = 64;
/** Room for where a tile's pixels come from, for four channels of them, and for a tile that is half transformed. */
const SOURCES_BYTES: usize = 256;
const PIXELS_BYTES: usize = 640;
const HALF_BYTES: usize = 640;

/**
 * A 3×3 convolution without stride, by Winograd's minimal filtering. With an atrous rate the pixels of one phase are an ordinary image, so
 * that tiles take every `rate`-th row and column. Pitches and steps are bytes.
 *
 * @see Lavin & Gray 2015, "Fast Algorithms for Convolutional Neural Networks", §4, arXiv:1509.09308
 */
@unmanaged
class Winograd {
  x: usize;
  y: usize;
  /** `[product, filters / 8, channel, 8]`, transformed. */
  weights: usize;
  biases: usize;
  /** Of the shape of the result, or 0. */
  residual: usize;
  activation: i32;
  /** Bytes of the channels that are multiplied. */
  depth: usize;
  pitch: usize;
  rowBytes: usize;
  imageBytes: usize;
  height: i32;
  width: i32;
  outPitch: usize;
  outHeight: i32;
  outWidth: i32;
  /** In whole blocks of 8. */
  filters: i32;
  rateRow: i32;
  rateColumn: i32;
  /** By how many pixels a tile's input begins before its output. */
  top: i32;
  left: i32;
  /** Row and column of each tile's first pixel. */
  tiles: usize;
  tilesPerImage: i32;
  /** How tiles are filtered down and across, and what that makes of how much. */
  rowKind: i32;
  rowInputs: i32;
  rowProducts: i32;
  rowSums: i32;
  columnKind: i32;
  columnInputs: i32;
  columnProducts: i32;
  columnSums: i32;
  /** Tiles and filters whose products are computed together: they stay in a core's own cache. */
  block: i32;
  group: i32;
  /** Zeros for the channels of a pixel. */
  zeros: usize;
  /** Of all threads, `scratchBytes` each. */
  scratch: usize;
  scratchBytes: usize;
}

/** Addresses of a tile's pixels; those beyond the map are zeros. */
function findSources(op: Winograd, image: usize, top: i32, left: i32, to: usize): void {
  for (let i = 0; i < op.rowInputs; i++) {
    const y = top + i * op.rateRow;
    for (let j = 0; j < op.columnInputs; j++) {
      const x = left + j * op.rateColumn;
      const isInside = y >= 0 && y < op.height && x >= 0 && x < op.width;
      store<usize>(to, isInside ? image + <usize>y * op.rowBytes + <usize>x * op.pitch : op.zeros);
      to += 4;
    }
  }
}

/** All channels of a tile, transformed. @param step bytes from one product to the next. */
function transformTile(
  op: Winograd,
  image: usize,
  row: i32,
  column: i32,
  scratch: usize,
  to: usize,
  step: usize,
): void {
  const top = row - op.top;
  const left = column - op.left;
  const bottom = top + (op.rowInputs - 1) * op.rateRow;
  const right = left + (op.columnInputs - 1) * op.rateColumn;
  const isInside = top >= 0 && left >= 0 && bottom < op.height && right < op.width;
  const pixels = scratch + SOURCES_BYTES;
  const half = pixels + PIXELS_BYTES;
  const count = op.rowInputs * op.columnInputs;
  const lineBytes = (<usize>op.columnInputs) << 4;
  if (!isInside) findSources(op, image, top, left, scratch);
  let from = isInside ? image + <usize>top * op.rowBytes + <usize>left * op.pitch : pixels;
  const down = isInside ? <usize>op.rateRow * op.rowBytes : lineBytes;
  const across = isInside ? <usize>op.rateColumn * op.pitch : <usize>16;
  for (let lane: usize = 0; lane < op.depth; lane += 16) {
    if (!isInside)
      for (let i = 0; i < count; i++)
        v128.store(pixels + ((<usize>i) << 4), v128.load(load<usize>(scratch + ((<usize>i) << 2)) + lane));
    toFactors(op.rowKind, from, down, across, half, lineBytes, 16, op.columnInputs);
    toFactors(op.columnKind, half, 16, lineBytes, to + lane, step, <usize>op.columnProducts * step, op.rowProducts);
    if (isInside) from += 16;
  }
}

/** Products of four tiles with eight filters. */
function multiplyFour(x: usize, step: usize, depth: usize, weights: usize, y: usize, pitch: usize): void {
  const zero = f32x4.splat(0);
  let c00 = zero;
  let c01 = zero;
  let c10 = zero;
  let c11 = zero;
  let c20 = zero;
  let c21 = zero;
  let c30 = zero;
  let c31 = zero;
  let a1 = x + step;
  let a2 = a1 + step;
  let a3 = a2 + step;
  for (const end = x + depth; x < end; x += 4) {
    const w0 = v128.load(weights);
    const w1 = v128.load(weights, 16);
    let a = v128.load32_splat(x);
    c00 = multiplyAdd(a, w0, c00);
    c01 = multiplyAdd(a, w1, c01);
    a = v128.load32_splat(a1);
    c10 = multiplyAdd(a, w0, c10);
    c11 = multiplyAdd(a, w1, c11);
    a = v128.load32_splat(a2);
    c20 = multiplyAdd(a, w0, c20);
    c21 = multiplyAdd(a, w1, c21);
    a = v128.load32_splat(a3);
    c30 = multiplyAdd(a, w0, c30);
    c31 = multiplyAdd(a, w1, c31);
    a1 += 4;
    a2 += 4;
    a3 += 4;
    weights += 32;
  }
  v128.store(y, c00);
  v128.store(y, c01, 16);
  v128.store(y + pitch, c10);
  v128.store(y + pitch, c11, 16);
  v128.store(y + 2 * pitch, c20);
  v128.store(y + 2 * pitch, c21, 16);
  v128.store(y + 3 * pitch, c30);
  v128.store(y + 3 * pitch, c31, 16);
}

/** Products of `count` tiles with a group of filters, the same of all tiles one after the other. */
function multiply(op: Winograd, count: i32, from: usize, step: usize, to: usize, toStep: usize, first: i32): void {
  const panel = <usize>op.filters * op.depth;
  const end = min(first + op.group, op.filters);
  const pitch = (<usize>op.group) << 2;
  const products = op.rowProducts * op.columnProducts;
  for (let product = 0; product < products; product++) {
    const weights = op.weights + <usize>product * panel;
    for (let filter = first; filter < end; filter += 8)
      for (let tile = 0; tile < count; tile += 4) {
        const y = to + <usize>tile * pitch + ((<usize>(filter - first)) << 2);
        multiplyFour(from + <usize>tile * op.depth, op.depth, op.depth, weights + <usize>filter * op.depth, y, pitch);
      }
    from += step;
    to += toStep;
  }
}

/** Biases, the other map and the activation for what is left of a tile inside the result. */
function storePixels(op: Winograd, pixels: usize, rows: i32, columns: i32, offset: usize, bias: v128): void {
  const fn = op.activation;
  const low = lowest(fn);
  const high = highest(fn);
  const down = <usize>(op.rateRow * op.outWidth) * op.outPitch;
  const across = <usize>op.rateColumn * op.outPitch;
  for (let i = 0; i < rows; i++) {
    let at = offset;
    for (let j = 0; j < columns; j++) {
      let sum = f32x4.add(v128.load(pixels + ((<usize>(i * op.columnSums + j)) << 4)), bias);
      if (op.residual != 0) sum = f32x4.add(sum, v128.load(op.residual + at));
      if (fn > LAST_CLAMP) sum = activate(sum, fn);
      v128.store(op.y + at, clamp(sum, low, high));
      at += across;
    }
    offset += down;
  }
}

/** Sums of a tile's products with a group of filters. */
function sumTile(
  op: Winograd,
  image: i32,
  row: i32,
  column: i32,
  scratch: usize,
  from: usize,
  step: usize,
  first: i32,
): void {
  const pixels = scratch + SOURCES_BYTES;
  const half = pixels + PIXELS_BYTES;
  const rows = min(op.rowSums, (op.outHeight - row + op.rateRow - 1) / op.rateRow);
  const columns = min(op.columnSums, (op.outWidth - column + op.rateColumn - 1) / op.rateColumn);
  const offset = <usize>((image * op.outHeight + row) * op.outWidth + column) * op.outPitch + ((<usize>first) << 2);
  const lineBytes = (<usize>op.columnProducts) << 4;
  const outBytes = (<usize>op.columnSums) << 4;
  const bytes = (<usize>min(op.group, op.filters - first)) << 2;
  for (let lane: usize = 0; lane < bytes; lane += 16) {
    const down = <usize>op.columnProducts * step;
    toSums(op.rowKind, from + lane, down, step, half, lineBytes, 16, op.columnProducts);
    toSums(op.columnKind, half, 16, lineBytes, pixels, 16, outBytes, op.rowSums);
    storePixels(op, pixels, rows, columns, offset + lane, v128.load(op.biases + ((<usize>first) << 2) + lane));
  }
}

/** Tiles `from … to − 1` of all images. */
export function winograd(at: usize, from: i32, to: i32, part: i32): void {
  const op = changetype<Winograd>(at);
  const scratch = op.scratch + <usize>part * op.scratchBytes;
  const inputs = scratch + SOURCES_BYTES + PIXELS_BYTES + HALF_BYTES;
  const inputStep = <usize>op.block * op.depth + GAP;
  const products = inputs + <usize>(op.rowProducts * op.columnProducts) * inputStep;
  const groupBytes = (<usize>op.group) << 2;
  const productStep = <usize>op.block * groupBytes + GAP;
  for (let block = from; block < to; block += op.block) {
    const count = min(op.block, to - block);
    for (let i = 0; i < count; i++) {
      const image = (block + i) / op.tilesPerImage;
      const tile = op.tiles + <usize>((block + i - image * op.tilesPerImage) << 3);
      const x = op.x + <usize>image * op.imageBytes;
      transformTile(op, x, load<i32>(tile), load<i32>(tile, 4), scratch, inputs + <usize>i * op.depth, inputStep);
    }
    for (let filter = 0; filter < op.filters; filter += op.group) {
      multiply(op, count, inputs, inputStep, products, productStep, filter);
      for (let i = 0; i < count; i++) {
        const image = (block + i) / op.tilesPerImage;
        const tile = op.tiles + <usize>((block + i - image * op.tilesPerImage) << 3);
        const source = products + <usize>i * groupBytes;
        sumTile(op, image, load<i32>(tile), load<i32>(tile, 4), scratch, source, productStep, filter);
      }
    }
  }
}

/** The transform of filters. */
@unmanaged
class WinogradFilters {
  /** `[filters / 8, tap, channel, 8]`. */
  x: usize;
  y: usize;
  channels: i32;
  filters: i32;
  rowKind: i32;
  rowProducts: i32;
  columnKind: i32;
  columnProducts: i32;
  /** Of all threads, 1024 bytes each. */
  scratch: usize;
}

/** Blocks of eight filters `from … to − 1`. */
export function winogradFilters(at: usize, from: i32, to: i32, part: i32): void {
  const op = changetype<WinogradFilters>(at);
  const depth = (<usize>op.channels) << 5;
  const step = (<usize>op.filters * <usize>op.channels) << 2;
  const half = op.scratch + ((<usize>part) << 10);
  for (let block = from; block < to; block++)
    for (let lane: usize = 0; lane < depth; lane += 16) {
      const x = op.x + <usize>block * depth * 9 + lane;
      const y = op.y + <usize>block * depth + lane;
      toTapFactors(op.rowKind, x, 3 * depth, depth, half, 48, 16, 3);
      toTapFactors(op.columnKind, half, 16, 48, y, step, <usize>op.columnProducts * step, op.rowProducts);
    }
}
