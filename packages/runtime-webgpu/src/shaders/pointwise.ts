import type { Activation } from '@atrous/core';
import { activate } from './activate.ts';
import { eachBlock } from './each-block.ts';
import type { Kernel } from './kernel.ts';

/** An elementwise function. */
export const activation = (fn: Activation) =>
  ({
    label: fn,
    bindings: { y: 'map', x: 'map' },
    fields: [],
    body: activate(fn) + eachBlock('value = activate(x_at(pixel, block));'),
  }) as const satisfies Kernel;

const OPERATIONS = { add: 'a + b', maximum: 'max(a, b)', multiply: 'a * b' } as const;

/** What two maps can be combined by. */
export type Operation = keyof typeof OPERATIONS;

/** Two maps, then a function. The only row or column of the second is repeated. */
export const combine = (operation: Operation, fn: Activation) =>
  ({
    label: `${operation}, ${fn}`,
    bindings: { y: 'map', x: 'map', operand: 'map' },
    fields: [],
    body:
      activate(fn) +
      eachBlock(`
  let a = x_at(pixel, block);
  let line = image * p.operandHeight + select(row, 0, p.operandHeight == 1);
  let b = operand_at(line * p.operandWidth + select(column, 0, p.operandWidth == 1), block);
  value = activate(${OPERATIONS[operation]});`),
  }) as const satisfies Kernel;

/** A factor and a summand for each channel. */
export const AFFINE = {
  label: 'affine',
  bindings: { y: 'map', x: 'map', scale: 'table', shift: 'table' },
  fields: [],
  body: eachBlock('value = x_at(pixel, block) * scale[block] + shift[block];'),
} as const satisfies Kernel;
