import type { Activation } from '@atrous/core';
import { activate } from './activate.ts';

/** How the product of a group of threads is divided. */
export interface ConvTile {
  /** Threads along filters and along pixels. */
  readonly threads: readonly [filters: number, pixels: number];
  /** Blocks of filters, and pixels, of each thread. */
  readonly blocks: number;
  readonly pixels: number;
}

/** Where the pixels of a tile come from, in WGSL. */
export interface PixelSource {
  /** Functions that it calls. */
  readonly functions: string;
  /**
   * The loop around everything that is multiplied: `body` for each tap, whose number it declares as `tap`.
   *
   * @param fetches how many pixels a thread fetches. It knows where the i-th is in the result: `row${i}` and `column${i}`, in the map if `inTile${i}`.
   */
  readonly eachTap: (body: string, fetches: number) => string;
  /** Four channels `k`, as they are stored, of the i-th pixel that a thread fetches. */
  readonly fetch: (i: number) => string;
}

/** What a product of matrices is of, and what follows it. */
export interface TileProduct {
  readonly tile: ConvTile;
  readonly source: PixelSource;
  readonly activation: Activation;
  /** Whether another map is added before the activation. */
  readonly hasResidual: boolean;
}

/** Integers that tell the rectangles in which a map is cut. */
export const TILE_FIELDS = ['tileHeight', 'tileWidth', 'tilesDown', 'tilesAcross', 'tiles'] as const;

/** Blocks of channels that threads fetch together. */
const DEPTH = 4;

/** Pixels, and blocks of filters, of a group of threads. */
export const tileSize = ({ threads, blocks, pixels }: ConvTile) => ({
  pixels: threads[1] * pixels,
  blocks: threads[0] * blocks,
});

const range = (count: number): readonly number[] => Array.from({ length: count }, (_, i) => i);

/** So many lines of WGSL. */
export const lines = (count: number, line: (i: number) => string): string => range(count).map(line).join('\n');

/** Products of all channels that were fetched. Every sum has a variable of its own, every step is one multiply-add, the loop can be unrolled. */
const products = ({ blocks, pixels, threads }: ConvTile): string => `
        for (var k = 0; k < ${DEPTH}; k++) {
          if (k >= depth) { break; }
${lines(4 * blocks, (i) => `          let b${i} = widen(filters_[(4 * k + ${i % 4}) * ${threads[0] * blocks} + bx + ${Math.floor(i / 4) * threads[0]}]);`)}
${lines(
  pixels,
  (i) => `          let a${i} = widen(pixels_[(py + ${i}) * ${DEPTH} + k]);
${lines(blocks, (j) => lines(4, (lane) => `          s${i}_${j} += a${i}[${lane}] * b${4 * j + lane};`))}`,
)}
        }`;

/**
 * A product of matrices, pixels by channels times channels by filters, then biases, another map and the function.
 *
 * A group of threads computes a rectangle of `tileHeight × tileWidth` pixels of the result, some filters of it, from what `source` gives it
 * four blocks of channels at a time.
 */
export function tileProduct({ tile, source, activation, hasResidual }: TileProduct): string {
  const [across, down] = tile.threads;
  const size = tileSize(tile);
  const threads = across * down;
  const fetches = (size.pixels * DEPTH) / threads;
  const filterFetches = (DEPTH * 4 * size.blocks) / threads;
  return `${activate(activation)}
var<workgroup> pixels_: array<Four, ${size.pixels * DEPTH}>;
var<workgroup> filters_: array<Four, ${DEPTH * 4 * size.blocks}>;

fn fetch_filters(isThere: bool, at: i32) -> Four {
  if (isThere) { return filters[at]; }
  return Four();
}
${source.functions}

@compute @workgroup_size(${across}, ${down})
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_id) local: vec3<u32>,
  @builtin(local_invocation_index) thread: u32,
) {
  let tile = i32(group.y + group.z * groups.y);
  if (tile >= p.tiles) { return; }
  let firstBlock = i32(group.x) * ${size.blocks};
  let firstRow = (tile / p.tilesAcross % p.tilesDown) * p.tileHeight;
  let firstColumn = (tile % p.tilesAcross) * p.tileWidth;
  let image = tile / (p.tilesAcross * p.tilesDown);
  let lastRow = min(firstRow + p.tileHeight, p.yHeight) - 1;
  let lastColumn = min(firstColumn + p.tileWidth, p.yWidth) - 1;
  let i0 = i32(thread);
  let bx = i32(local.x);
  let py = i32(local.y) * ${tile.pixels};
${lines(
  fetches,
  (i) => `  let fetched${i} = (i0 + ${i * threads}) / ${DEPTH};
  let row${i} = firstRow + fetched${i} / p.tileWidth;
  let column${i} = firstColumn + fetched${i} % p.tileWidth;
  let inTile${i} = fetched${i} < p.tileHeight * p.tileWidth && row${i} <= lastRow && column${i} <= lastColumn;`,
)}
${lines(tile.pixels, (i) => lines(tile.blocks, (j) => `  var s${i}_${j} = vec4<f32>(0.0);`))}
${source.eachTap(
  `
      for (var k0 = 0; k0 < p.xBlocks; k0 += ${DEPTH}) {
        workgroupBarrier();
${lines(
  fetches,
  (i) => `        {
          let k = k0 + (i0 + ${i * threads}) % ${DEPTH};
          pixels_[i0 + ${i * threads}] = ${source.fetch(i)};
        }`,
)}
${lines(
  filterFetches,
  (i) => `        {
          let at = i0 + ${i * threads};
          let k = 4 * k0 + at / ${size.blocks};
          let block = firstBlock + at % ${size.blocks};
          let isThere = k < 4 * p.xBlocks && block < p.yBlocks;
          filters_[at] = fetch_filters(isThere, (tap * 4 * p.xBlocks + k) * p.yBlocks + block);
        }`,
)}
        workgroupBarrier();
        let depth = min(${DEPTH}, p.xBlocks - k0);${products(tile)}
      }`,
  fetches,
)}
${lines(
  tile.pixels,
  (i) => `  {
    let row = firstRow + (py + ${i}) / p.tileWidth;
    let column = firstColumn + (py + ${i}) % p.tileWidth;
    if (py + ${i} < p.tileHeight * p.tileWidth && row <= lastRow && column <= lastColumn) {
      let pixel = (image * p.yHeight + row) * p.yWidth + column;
${lines(
  tile.blocks,
  (j) => `      {
        let block = firstBlock + bx + ${j * across};
        if (block < p.yBlocks) {
          y_set(pixel, block, activate(s${i}_${j} + biases[block]${hasResidual ? ' + residual_at(pixel, block)' : ''}));
        }
      }`,
)}
    }
  }`,
)}
}`;
}
