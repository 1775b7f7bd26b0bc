import type { Activation } from '@atrous/core';
import { WINDOW_FIELDS } from '../plan/window.ts';
import { withResidual, type Kernel } from './kernel.ts';
import { lines, TILE_FIELDS, tileProduct, tileSize, type ConvTile, type PixelSource } from './tile-product.ts';

/** What a convolution does besides. */
export interface ConvVariant {
  readonly tile: ConvTile;
  readonly activation: Activation;
  /** Whether another map is added before the activation. */
  readonly hasResidual: boolean;
}

/** Pixels of the map under each tap. Taps that read nothing but padding for the whole tile are left out, alike by all threads. */
const TAPS: PixelSource = {
  functions: `
fn fetch(isInside: bool, at: i32) -> Four {
  if (isInside) { return x[at]; }
  return Four();
}`,
  eachTap: (body, fetches) => `
  for (var tapRow = 0; tapRow < p.kernelHeight; tapRow++) {
    let down = tapRow * p.rateHeight - p.top;
    if (lastRow * p.strideHeight + down < 0 || firstRow * p.strideHeight + down >= p.xHeight) { continue; }
    for (var tapColumn = 0; tapColumn < p.kernelWidth; tapColumn++) {
      let over = tapColumn * p.rateWidth - p.left;
      if (lastColumn * p.strideWidth + over < 0 || firstColumn * p.strideWidth + over >= p.xWidth) { continue; }
      let tap = tapRow * p.kernelWidth + tapColumn;
${lines(
  fetches,
  (i) => `      let r${i} = row${i} * p.strideHeight + down;
      let c${i} = column${i} * p.strideWidth + over;
      let inside${i} = inTile${i} && r${i} >= 0 && r${i} < p.xHeight && c${i} >= 0 && c${i} < p.xWidth;
      let from${i} = p.xFirst + ((image * p.xHeight + r${i}) * p.xWidth + c${i}) * p.xPitch;`,
)}
      ${body}
    }
  }`,
  fetch: (i) => `fetch(inside${i} && k < p.xBlocks, from${i} + k)`,
};

/** Atrous convolution as a product of matrices: pixels under each tap by channels, times channels by filters. */
export function conv(variant: ConvVariant) {
  const { tile, activation, hasResidual } = variant;
  const size = tileSize(tile);
  return {
    label: `convolution ${size.pixels} × ${4 * size.blocks}, ${hasResidual ? 'add, ' : ''}${activation}`,
    bindings: withResidual({ y: 'map', x: 'map', filters: 'blocks', biases: 'table' }, hasResidual),
    fields: [...WINDOW_FIELDS, ...TILE_FIELDS],
    body: tileProduct({ ...variant, source: TAPS }),
  } as const satisfies Kernel;
}
