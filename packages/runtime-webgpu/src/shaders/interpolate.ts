import type { Activation } from '@atrous/core';
import { activate } from './activate.ts';
import { eachBlock } from './each-block.ts';
import { withResidual, type Kernel } from './kernel.ts';

/** How taps of a filter are summed up along one axis. Each is read between two places, which a line of a table tells. */
interface Axis {
  /** Position on the axis of the result. */
  readonly position: string;
  /** Pixel of `x` at a place on the axis. */
  readonly pixelAt: (place: string) => string;
  /** Four channels of that pixel that belong to `tap` and `block`. */
  readonly read: (pixel: string) => string;
}

const sumOfTaps = ({ position, pixelAt, read }: Axis): string => `
  for (var tap = 0; tap < p.count; tap++) {
    let line = taps[${position} * p.count + tap];
    value += ${read(pixelAt('i32(line.x)'))} * line.z + ${read(pixelAt('i32(line.y)'))} * line.w;
  }`;

/** Four channels of a pixel from any one on. */
const FOUR_FROM = `
fn four_from(pixel: i32, channel: i32) -> vec4<f32> {
  let last = p.xChannels - 1;
  return vec4<f32>(x_one(pixel, channel), x_one(pixel, min(channel + 1, last)),
    x_one(pixel, min(channel + 2, last)), x_one(pixel, min(channel + 3, last)));
}`;

/**
 * Along rows: a pixel of `x` has `[tap down, tap across, filter]`, one of the result `[tap across, filter]` with the filters in whole blocks.
 * The result has the rows of what is to be, and the columns of `x`.
 *
 * @param isWhole whether the filters are whole blocks in `x`, too.
 */
export const interpolateRows = (isWhole: boolean) =>
  ({
    label: isWhole ? 'interpolate taps along rows' : 'interpolate taps along rows, unaligned',
    bindings: { y: 'map', x: 'map', taps: 'table' },
    fields: ['count', 'across', 'filters'],
    body:
      (isWhole ? '' : FOUR_FROM) +
      eachBlock(`
  let filterBlocks = p.yBlocks / p.across;
  let group = block / filterBlocks;
  let first = 4 * (block % filterBlocks);${sumOfTaps({
    position: 'row',
    pixelAt: (place) => `(image * p.xHeight + ${place}) * p.xWidth + column`,
    read: (pixel) => {
      const channel = '(tap * p.across + group) * p.filters + first';
      return isWhole ? `x_at(${pixel}, (${channel}) >> 2u)` : `four_from(${pixel}, ${channel})`;
    },
  })}`),
  }) as const satisfies Kernel;

/** Along columns: `x` is what {@link interpolateRows} leaves. Then the biases, another map and the function. */
export const interpolateColumns = (fn: Activation, hasResidual: boolean) =>
  ({
    label: `interpolate taps along columns, ${hasResidual ? 'add, ' : ''}${fn}`,
    bindings: withResidual({ y: 'map', x: 'map', taps: 'table', biases: 'table' }, hasResidual),
    fields: ['count'],
    body:
      activate(fn) +
      eachBlock(`
  value = biases[block];${sumOfTaps({
    position: 'column',
    pixelAt: (place) => `(image * p.xHeight + row) * p.xWidth + ${place}`,
    read: (pixel) => `x_at(${pixel}, tap * p.yBlocks + block)`,
  })}
  value = activate(value${hasResidual ? ' + residual_at(pixel, block)' : ''});`),
  }) as const satisfies Kernel;
