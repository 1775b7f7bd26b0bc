import type { Activation } from '@atrous/core';
import { WINDOW_FIELDS } from '../plan/window.ts';
import { activate } from './activate.ts';
import type { ConvVariant } from './conv.ts';
import { sumOfTaps } from './depthwise.ts';
import { withResidual, type Kernel } from './kernel.ts';
import { TILE_FIELDS, tileProduct, tileSize, type PixelSource } from './tile-product.ts';

/** What a separable convolution does besides. */
export interface SeparableVariant extends ConvVariant {
  /** Of the depthwise convolution. */
  readonly between: Activation;
}

/** Pixels of a depthwise convolution, stored as they would be in a map of it. */
const depthwisePixels = (between: Activation): PixelSource => ({
  functions: `${activate(between, 'activate_between')}
fn depthwise(isThere: bool, image: i32, row: i32, column: i32, block: i32) -> Four {
  if (!isThere) { return Four(); }
  var value = tapBiases[block];
  ${sumOfTaps('x_at', 'p.xBlocks')}
  return narrow(activate_between(value));
}`,
  eachTap: (body) => `  let tap = 0;${body}`,
  fetch: (i) => `depthwise(inTile${i} && k < p.xBlocks, image, row${i}, column${i}, k)`,
});

/**
 * A depthwise convolution and the 1×1 convolution that reads it: a group of threads computes a tile of the first in workgroup memory, and
 * multiplies it there. The map between them is never stored.
 */
export function separable(variant: SeparableVariant) {
  const { tile, activation, between, hasResidual } = variant;
  const size = tileSize(tile);
  const after = `${hasResidual ? 'add, ' : ''}${activation}`;
  return {
    label: `separable ${size.pixels} × ${4 * size.blocks}, ${between}, ${after}`,
    bindings: withResidual(
      { y: 'map', x: 'map', taps: 'blocks', tapBiases: 'table', filters: 'blocks', biases: 'table' },
      hasResidual,
    ),
    fields: [...WINDOW_FIELDS, ...TILE_FIELDS],
    body: tileProduct({ ...variant, source: depthwisePixels(between) }),
  } as const satisfies Kernel;
}
