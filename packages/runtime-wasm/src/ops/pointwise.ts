import type { Activation } from '@atrous/core';
import { ACTIVATION_CODES } from '../activation-codes.ts';
import type { PlanBuilder } from '../plan/plan-builder.ts';
import { imageBytesOf, lanesOf, pitchOf, pixelsOf, rowBytesOf, type Value } from '../plan/value.ts';
import type { Lowering } from './lowering.ts';

/** Kernels that take one number after the other, four at a time. Threads share whole cache lines. */
const vectorsOf = (y: Value, effort = 4) => {
  const items = (pixelsOf(y) * lanesOf(y)) / 4;
  return { items, unit: 4, work: 4 * items * effort };
};

/** An elementwise function. */
export const activation: Lowering<'activation'> = ({ plan, attrs: { fn }, x, shape }) => {
  if (fn === 'linear') return x;
  const y = plan.value(shape);
  plan.kernel('activation', vectorsOf(y), { x: x.buffer, y: y.buffer, activation: ACTIVATION_CODES[fn] });
  return y;
};

/** What `assembly/elementwise.ts` calls its operations. */
const OPERATIONS = { add: 0, maximum: 1, multiply: 2 } as const;

interface Combination {
  readonly plan: PlanBuilder;
  readonly operation: keyof typeof OPERATIONS;
  readonly fn: Activation;
}

/** A map and one that has a single row or column, which is repeated. */
function spread({ plan, operation, fn }: Combination, x: Value, operand: Value): Value {
  const y = plan.value(x.shape);
  const [, height, width] = x.shape;
  plan.kernel(
    'broadcast',
    { items: x.shape[0] * height, work: 4 * pixelsOf(y) * lanesOf(y) },
    {
      ...{ x: x.buffer, y: y.buffer, operand: operand.buffer, operation: OPERATIONS[operation] },
      ...{ activation: ACTIVATION_CODES[fn], pitch: pitchOf(y), height, width, operandImage: imageBytesOf(operand) },
      operandRow: operand.shape[1] === 1 ? 0 : rowBytesOf(operand),
      operandColumn: operand.shape[2] === 1 ? 0 : pitchOf(operand),
    },
  );
  return y;
}

function combineTwo(combination: Combination, a: Value, b: Value): Value {
  if (a.shape[1] !== b.shape[1] || a.shape[2] !== b.shape[2]) return spread(combination, a, b);
  const { plan, operation, fn } = combination;
  const y = plan.value(a.shape);
  const fields = { a: a.buffer, b: b.buffer, y: y.buffer };
  const codes = { operation: OPERATIONS[operation], activation: ACTIVATION_CODES[fn] };
  plan.kernel('elementwise', vectorsOf(y), { ...fields, ...codes });
  return y;
}

const combine = (
  plan: PlanBuilder,
  operation: keyof typeof OPERATIONS,
  [first, ...rest]: readonly Value[],
  fn: Activation = 'linear',
): Value =>
  rest.reduce((a, b, i) => combineTwo({ plan, operation, fn: i === rest.length - 1 ? fn : 'linear' }, a, b), first!);

/** Sum of all inputs, then the fused activation. Rows or columns are repeated where an input has only one. */
export const add: Lowering<'add'> = ({ plan, attrs, inputs }) => combine(plan, 'add', inputs, attrs.activation);

/** The largest of all inputs, element by element. */
export const maximum: Lowering<'maximum'> = ({ plan, inputs }) => combine(plan, 'maximum', inputs);

/** Product; rows or columns of the second factor are repeated where it has only one. */
export const multiply: Lowering<'multiply'> = ({ plan, inputs }) => combine(plan, 'multiply', inputs);

/** The stored statistics as a factor and a summand for each channel. */
export const batchNorm: Lowering<'batchNorm'> = ({ plan, x, shape, packed }) => {
  const y = plan.value(shape);
  plan.kernel(
    'affine',
    { items: pixelsOf(y), unit: 4, work: 4 * pixelsOf(y) * lanesOf(y) },
    { x: x.buffer, y: y.buffer, scale: packed.scale!, shift: packed.shift!, pitch: pitchOf(y) },
  );
  return y;
};

/** Drops nothing at inference. */
export const dropout: Lowering<'dropout'> = ({ x }) => x;
