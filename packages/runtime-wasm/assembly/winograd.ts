import { tile4, Window } from './tile';
import { findTargets } from './winograd-output';
import { filters2, inputTile2, outputTile2 } from './winograd2';
import { filters4, inputTile4, outputTile4 } from './winograd4';

/** Tiles whose products are computed together: their transforms stay in a core's own cache. */
const BLOCK: i32 = 32;
/** Room for where a tile's pixels come from or go, then for half-transformed tiles. */
const SOURCES_BYTES: usize = 256;
const TEMPORARY_BYTES: usize = 768;
/** Products lie apart by a cache line more than they need, so that those of one tile do not evict each other. */
const GAP: usize = 64;

/**
 * A 3×3 convolution without stride, by Winograd's minimal filtering: F(4×4) or F(2×2). With an atrous rate the pixels of one phase are an
 * ordinary image, so that tiles take every `rate`-th row and column.
 *
 * @see Lavin & Gray 2015, "Fast Algorithms for Convolutional Neural Networks", §4, arXiv:1509.09308
 */
@unmanaged
export class Winograd extends Window {
  x: usize;
  y: usize;
  /** `[size, filters / 8, channel, 8]`, transformed. */
  weights: usize;
  biases: usize;
  residual: usize;
  activation: i32;
  pitch: usize;
  outPitch: usize;
  filters: i32;
  height: i32;
  columns: i32;
  imageBytes: usize;
  rowBytes: usize;
  outHeight: i32;
  outColumns: i32;
  rateRow: i32;
  rateColumn: i32;
  top: i32;
  left: i32;
  /** Row and column of each tile's first pixel. */
  tiles: usize;
  tilesPerImage: i32;
  /** Zeros for the channels of a pixel and for biases. */
  zeros: usize;
  /** Of all threads, `scratchBytes` each. */
  scratch: usize;
  scratchBytes: usize;
  /** Side of an output tile: 4 or 2. */
  side: i32;
}

/** Addresses of a tile's input pixels; those beyond the map are zeros. */
function findSources(op: Winograd, image: usize, row: i32, column: i32, side: i32, to: usize): void {
  for (let i = 0; i < side; i++) {
    const y = row - op.top + i * op.rateRow;
    for (let j = 0; j < side; j++) {
      const x = column - op.left + j * op.rateColumn;
      const isInside = y >= 0 && y < op.height && x >= 0 && x < op.columns;
      store<usize>(to, isInside ? image + <usize>y * op.rowBytes + <usize>x * op.pitch : op.zeros);
      to += 4;
    }
  }
}

/** Products of `count` tiles with all filters, frequency by frequency. */
function multiply(op: Winograd, count: i32, from: usize, fromStep: usize, to: usize, toStep: usize, size: i32): void {
  const panel = <usize>op.filters * op.depth;
  for (let frequency = 0; frequency < size; frequency++) {
    const weights = op.weights + <usize>frequency * panel;
    for (let filter = 0; filter < op.filters; filter += 8)
      for (let tile = 0; tile < count; tile += 4) {
        const x = from + <usize>tile * op.pitch;
        const y = to + <usize>tile * op.outPitch + ((<usize>filter) << 2);
        tile4(op, x, op.pitch, 0, 1, 0, 1, weights + <usize>filter * op.depth, op.zeros, y, op.outPitch, 0, 0);
      }
    from += fromStep;
    to += toStep;
  }
}

/** Tiles `from … to − 1` of all images. */
export function winograd(at: usize, from: i32, to: i32, part: i32): void {
  const op = changetype<Winograd>(at);
  const inSide = op.side + 2;
  const size = inSide * inSide;
  const sources = op.scratch + <usize>part * op.scratchBytes;
  const temporary = sources + SOURCES_BYTES;
  const inputs = temporary + TEMPORARY_BYTES;
  const inputStep = <usize>BLOCK * op.pitch + GAP;
  const products = inputs + <usize>size * inputStep;
  const productStep = <usize>BLOCK * op.outPitch + GAP;
  for (let block = from; block < to; block += BLOCK) {
    const count = min(BLOCK, to - block);
    for (let i = 0; i < count; i++) {
      const image = (block + i) / op.tilesPerImage;
      const tile = op.tiles + <usize>((block + i - image * op.tilesPerImage) << 3);
      findSources(op, op.x + <usize>image * op.imageBytes, load<i32>(tile), load<i32>(tile, 4), inSide, sources);
      const target = inputs + <usize>i * op.pitch;
      if (op.side == 4) inputTile4(sources, temporary, target, inputStep, op.pitch);
      else inputTile2(sources, temporary, target, inputStep, op.pitch);
    }
    multiply(op, count, inputs, inputStep, products, productStep, size);
    for (let i = 0; i < count; i++) {
      const image = (block + i) / op.tilesPerImage;
      const tile = op.tiles + <usize>((block + i - image * op.tilesPerImage) << 3);
      const source = products + <usize>i * op.outPitch;
      findTargets(op, image, load<i32>(tile), load<i32>(tile, 4), sources);
      if (op.side == 4) outputTile4(op, source, productStep, temporary, sources);
      else outputTile2(op, source, productStep, temporary, sources);
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
  side: i32;
  /** Of all threads, 1024 bytes each. */
  scratch: usize;
}

/** Blocks of eight filters `from … to − 1`. */
export function winogradFilters(at: usize, from: i32, to: i32, part: i32): void {
  const op = changetype<WinogradFilters>(at);
  const depth = (<usize>op.channels) << 5;
  const step = (<usize>op.filters * <usize>op.channels) << 2;
  const temporary = op.scratch + ((<usize>part) << 10);
  for (let block = from; block < to; block++)
    for (let lane: usize = 0; lane < depth; lane += 16) {
      const x = op.x + <usize>block * depth * 9 + lane;
      const y = op.y + <usize>block * depth + lane;
      if (op.side == 4) filters4(x, depth, temporary, y, step);
      else filters2(x, depth, temporary, y, step);
    }
}
