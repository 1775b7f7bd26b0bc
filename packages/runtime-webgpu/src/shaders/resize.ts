import { each, eachBlock } from './each-block.ts';
import type { Kernel } from './kernel.ts';

/** Four channels of a resized map between four pixels. Lines of tables are two places and their weights. */
const BETWEEN = `
fn between(image: i32, down: vec4<f32>, across: vec4<f32>, block: i32) -> vec4<f32> {
  let upper = (image * p.xHeight + i32(down.x)) * p.xWidth;
  let lower = (image * p.xHeight + i32(down.y)) * p.xWidth;
  let left = i32(across.x);
  let right = i32(across.y);
  return (x_at(upper + left, block) * across.z + x_at(upper + right, block) * across.w) * down.z
    + (x_at(lower + left, block) * across.z + x_at(lower + right, block) * across.w) * down.w;
}`;

/** A map of another size. */
export const RESIZE = {
  label: 'resize',
  bindings: { y: 'map', x: 'map', rows: 'table', columns: 'table' },
  fields: [],
  body: BETWEEN + eachBlock('value = between(image, rows[row], columns[column], block);'),
} as const satisfies Kernel;

/** The largest channel of what `channels` tells block by block; the lowest wins ties. */
const largest = (parameters: string, channels: string): string => `
fn largest(${parameters}) -> u32 {
  var most = -0x1.fffffep+127f;
  var best = 0;
  for (var block = 0; block < p.xBlocks; block++) {
    let values = ${channels};
    for (var lane = 0; lane < min(4, p.xChannels - 4 * block); lane++) {
      if (values[lane] > most) { most = values[lane]; best = 4 * block + lane; }
    }
  }
  return u32(best);
}`;

/** A thread for each word of class ids. @param id of a pixel. */
const eachWord = (id: string): string =>
  each(`
  var word = 0u;
  for (var k = 0; k < p.idsPerWord; k++) {
    let pixel = i * p.idsPerWord + k;
    if (pixel < p.yPixels) { word |= ${id} << u32(8 * k); }
  }
  y[i] = word;`);

/** Class ids of a map. */
export const ARG_MAX = {
  label: 'arg max',
  bindings: { y: 'labels', x: 'map' },
  fields: ['items', 'idsPerWord'],
  body: largest('pixel: i32', 'x_at(pixel, block)') + eachWord('largest(pixel)'),
} as const satisfies Kernel;

/** Class ids of a resized map, which is never stored. */
export const RESIZE_ARG_MAX = {
  label: 'resize, arg max',
  bindings: { y: 'labels', x: 'map', rows: 'table', columns: 'table' },
  fields: ['items', 'idsPerWord'],
  body: `${BETWEEN}
${largest('image: i32, down: vec4<f32>, across: vec4<f32>', 'between(image, down, across, block)')}
fn id_of(pixel: i32) -> u32 {
  let line = pixel / p.yWidth;
  return largest(line / p.yHeight, rows[line % p.yHeight], columns[pixel % p.yWidth]);
}
${eachWord('id_of(pixel)')}`,
} as const satisfies Kernel;
