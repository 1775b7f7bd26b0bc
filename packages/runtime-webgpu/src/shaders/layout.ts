import { each, eachBlock } from './each-block.ts';
import type { Kernel } from './kernel.ts';

/** A tensor's numbers as a map. */
export const UNPACK = {
  label: 'unpack',
  bindings: { y: 'map', x: 'floats' },
  fields: [],
  body: eachBlock(`
  for (var lane = 0; lane < min(4, p.yChannels - 4 * block); lane++) {
    value[lane] = x[pixel * p.yChannels + 4 * block + lane];
  }`),
} as const satisfies Kernel;

/** A map's numbers as a tensor has them. */
export const PACK = {
  label: 'pack',
  bindings: { y: 'floats', x: 'map' },
  fields: ['items'],
  body: each('y[i] = x_one(i / p.xChannels, i % p.xChannels);'),
} as const satisfies Kernel;

/** Class ids as a map of one channel. */
export const LABELS_TO_MAP = {
  label: 'labels to map',
  bindings: { y: 'map', x: 'labels' },
  fields: ['idsPerWord'],
  body: eachBlock(`
  let word = x[pixel / p.idsPerWord];
  value.x = f32(select(word, (word >> u32(8 * (pixel & 3))) & 255u, p.idsPerWord == 4));`),
} as const satisfies Kernel;

/** Puts a map behind the first `shift` channels of another. Channels behind it in its last block become 0. */
export const INSERT = {
  label: 'insert',
  bindings: { y: 'map', x: 'map' },
  fields: ['shift'],
  body: eachBlock(`
  let before = widen(y[p.yFirst + pixel * p.yPitch + block]);
  for (var lane = 0; lane < 4; lane++) {
    let channel = 4 * block + lane - p.shift;
    if (channel < 0) { value[lane] = before[lane]; }
    else if (channel < p.xChannels) { value[lane] = x_one(pixel, channel); }
  }`),
} as const satisfies Kernel;

/** Zeros around height and width. */
export const PAD = {
  label: 'pad',
  bindings: { y: 'map', x: 'map' },
  fields: ['top', 'left'],
  body: eachBlock(`
  let fromRow = row - p.top;
  let fromColumn = column - p.left;
  if (fromRow >= 0 && fromRow < p.xHeight && fromColumn >= 0 && fromColumn < p.xWidth) {
    value = x_at((image * p.xHeight + fromRow) * p.xWidth + fromColumn, block);
  }`),
} as const satisfies Kernel;

/** Spreads channels over blocks of pixels. `channelStep` and `pixelStep` are channels of the input from one channel, and pixel, to the next. */
export const DEPTH_TO_SPACE = {
  label: 'depth to space',
  bindings: { y: 'map', x: 'map' },
  fields: ['blockSize', 'channelStep', 'pixelStep'],
  body: eachBlock(`
  let source = (image * p.xHeight + row / p.blockSize) * p.xWidth + column / p.blockSize;
  let place = (row % p.blockSize) * p.blockSize + column % p.blockSize;
  for (var lane = 0; lane < min(4, p.yChannels - 4 * block); lane++) {
    value[lane] = x_one(source, (4 * block + lane) * p.channelStep + place * p.pixelStep);
  }`),
} as const satisfies Kernel;
