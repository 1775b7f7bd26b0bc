import type { Activation } from '@atrous/core';
import { WINDOW_FIELDS } from '../plan/window.ts';
import { activate } from './activate.ts';
import { eachBlock } from './each-block.ts';
import type { Kernel } from './kernel.ts';

/** Four channels of `x` that four filters read, where each channel has several. */
const REPEATED = `
fn repeated(pixel: i32, block: i32) -> vec4<f32> {
  let last = p.xChannels - 1;
  var value: vec4<f32>;
  for (var lane = 0; lane < 4; lane++) { value[lane] = x_one(pixel, min((4 * block + lane) / p.multiplier, last)); }
  return value;
}`;

/**
 * Adds the products of all taps on the map to `value`, for the pixel `image`, `row` and `column` of the result and its channels `block`.
 *
 * @param read the function of four channels of a pixel.
 * @param blocks of a line of `taps`.
 */
export const sumOfTaps = (read: string, blocks: string): string => `
  for (var tapRow = 0; tapRow < p.kernelHeight; tapRow++) {
    let fromRow = row * p.strideHeight - p.top + tapRow * p.rateHeight;
    if (fromRow < 0 || fromRow >= p.xHeight) { continue; }
    for (var tapColumn = 0; tapColumn < p.kernelWidth; tapColumn++) {
      let fromColumn = column * p.strideWidth - p.left + tapColumn * p.rateWidth;
      if (fromColumn < 0 || fromColumn >= p.xWidth) { continue; }
      let source = (image * p.xHeight + fromRow) * p.xWidth + fromColumn;
      let factors = widen(taps[(tapRow * p.kernelWidth + tapColumn) * ${blocks} + block]);
      value += ${read}(source, block) * factors;
    }
  }`;

/** Convolution of every channel with filters of its own. @param isRepeated whether there are several for each. */
export const depthwise = (fn: Activation, isRepeated: boolean) =>
  ({
    label: `depthwise, ${isRepeated ? 'repeated, ' : ''}${fn}`,
    bindings: { y: 'map', x: 'map', taps: 'blocks', tapBiases: 'table' },
    fields: [...WINDOW_FIELDS, 'multiplier'],
    body: `${activate(fn)}
${isRepeated ? REPEATED : ''}
${eachBlock(`
  value = tapBiases[block];
  ${sumOfTaps(isRepeated ? 'repeated' : 'x_at', 'p.yBlocks')}
  value = activate(value);`)}`,
  }) as const satisfies Kernel;
