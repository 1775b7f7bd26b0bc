import type { Activation } from '@atrous/core';
import { WINDOW_FIELDS } from '../plan/window.ts';
import { activate } from './activate.ts';
import { withResidual, type Kernel } from './kernel.ts';

/** How the product of a group of threads is divided. */
export interface ConvTile {
  /** Threads along filters and along pixels. */
  readonly threads: readonly [filters: number, pixels: number];
  /** Blocks of filters, and pixels, of each thread. */
  readonly blocks: number;
  readonly pixels: number;
}

/** What a convolution does besides. */
export interface ConvVariant {
  readonly tile: ConvTile;
  readonly activation: Activation;
  /** Whether another map is added before the activation. */
  readonly hasResidual: boolean;
}

/** Blocks of channels that threads fetch together. */
const DEPTH = 4;

/** Pixels, and blocks of filters, of a group of threads. */
export const tileSize = ({ threads, blocks, pixels }: ConvTile) => ({
  pixels: threads[1] * pixels,
  blocks: threads[0] * blocks,
});

const range = (count: number): readonly number[] => Array.from({ length: count }, (_, i) => i);
const lines = (count: number, line: (i: number) => string): string => range(count).map(line).join('\n');

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
 * Atrous convolution as a product of matrices: pixels by channels of each tap, which are fetched from the map, times channels by filters.
 *
 * A group of threads computes a rectangle of `tileHeight × tileWidth` pixels of the result, some filters of it. Taps that read nothing but
 * padding for all of them are left out, alike by all threads.
 */
export function conv({ tile, activation, hasResidual }: ConvVariant) {
  const [across, down] = tile.threads;
  const size = tileSize(tile);
  const threads = across * down;
  const fetches = (size.pixels * DEPTH) / threads;
  const filterFetches = (DEPTH * 4 * size.blocks) / threads;
  return {
    label: `convolution ${size.pixels} × ${4 * size.blocks}, ${hasResidual ? 'add, ' : ''}${activation}`,
    bindings: withResidual({ y: 'map', x: 'map', filters: 'blocks', biases: 'table' }, hasResidual),
    fields: [...WINDOW_FIELDS, 'tileHeight', 'tileWidth', 'tilesDown', 'tilesAcross', 'tiles'],
    body: `${activate(activation)}
var<workgroup> pixels_: array<Four, ${size.pixels * DEPTH}>;
var<workgroup> filters_: array<Four, ${DEPTH * 4 * size.blocks}>;

fn fetch(isInside: bool, at: i32) -> Four {
  if (isInside) { return x[at]; }
  return Four();
}

fn fetch_filters(isThere: bool, at: i32) -> Four {
  if (isThere) { return filters[at]; }
  return Four();
}

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
  let row0 = (tile / p.tilesAcross % p.tilesDown) * p.tileHeight;
  let column0 = (tile % p.tilesAcross) * p.tileWidth;
  let image = tile / (p.tilesAcross * p.tilesDown);
  let lastRow = min(row0 + p.tileHeight, p.yHeight) - 1;
  let lastColumn = min(column0 + p.tileWidth, p.yWidth) - 1;
  let i0 = i32(thread);
  let bx = i32(local.x);
  let py = i32(local.y) * ${tile.pixels};
${lines(
  fetches,
  (i) => `  let fetched${i} = (i0 + ${i * threads}) / ${DEPTH};
  let inTile${i} = fetched${i} < p.tileHeight * p.tileWidth;
  let fromRow${i} = (row0 + fetched${i} / p.tileWidth) * p.strideHeight - p.top;
  let fromColumn${i} = (column0 + fetched${i} % p.tileWidth) * p.strideWidth - p.left;`,
)}
${lines(tile.pixels, (i) => lines(tile.blocks, (j) => `  var s${i}_${j} = vec4<f32>(0.0);`))}
  for (var tapRow = 0; tapRow < p.kernelHeight; tapRow++) {
    let down = tapRow * p.rateHeight;
    if (lastRow * p.strideHeight - p.top + down < 0 || row0 * p.strideHeight - p.top + down >= p.xHeight) { continue; }
    for (var tapColumn = 0; tapColumn < p.kernelWidth; tapColumn++) {
      let over = tapColumn * p.rateWidth;
      if (lastColumn * p.strideWidth - p.left + over < 0 || column0 * p.strideWidth - p.left + over >= p.xWidth) { continue; }
      let tap = tapRow * p.kernelWidth + tapColumn;
${lines(
  fetches,
  (i) => `      let r${i} = fromRow${i} + down;
      let c${i} = fromColumn${i} + over;
      let inside${i} = inTile${i} && r${i} >= 0 && r${i} < p.xHeight && c${i} >= 0 && c${i} < p.xWidth;
      let from${i} = p.xFirst + ((image * p.xHeight + r${i}) * p.xWidth + c${i}) * p.xPitch;`,
)}
      for (var k0 = 0; k0 < p.xBlocks; k0 += ${DEPTH}) {
        workgroupBarrier();
${lines(
  fetches,
  (i) => `        {
          let k = k0 + (i0 + ${i * threads}) % ${DEPTH};
          pixels_[i0 + ${i * threads}] = fetch(inside${i} && k < p.xBlocks, from${i} + k);
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
      }
    }
  }
${lines(
  tile.pixels,
  (i) => `  {
    let row = row0 + (py + ${i}) / p.tileWidth;
    let column = column0 + (py + ${i}) % p.tileWidth;
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
}`,
  } as const satisfies Kernel;
}
