import type { Activation } from '@atrous/core';
import { groupsOf } from '../plan/groups.ts';
import type { MapValue } from '../plan/value.ts';
import {
  AFFINE,
  activation as activationKernel,
  combine as combineKernel,
  type Operation,
} from '../shaders/pointwise.ts';
import type { Lowering, LoweringCall } from './lowering.ts';

/** An elementwise function. */
export const activation: Lowering<'activation'> = ({ plan, attrs: { fn }, x, result }) => {
  if (fn === 'linear') return x;
  const y = result();
  plan.dispatch(activationKernel(fn), groupsOf(y), { y, x }, {});
  return y;
};

/** All inputs, two at a time; the function follows the last. */
function combine(
  { plan, inputs, shape, result }: LoweringCall<'add' | 'maximum' | 'multiply'>,
  operation: Operation,
  fn: Activation = 'linear',
): MapValue {
  const [first, ...rest] = inputs;
  return rest.reduce((x, operand, i) => {
    const isLast = i === rest.length - 1;
    const y = isLast ? result() : plan.map(shape);
    plan.dispatch(combineKernel(operation, isLast ? fn : 'linear'), groupsOf(y), { y, x, operand }, {});
    return y;
  }, first!);
}

/** Sum of all inputs, then the fused activation. Rows or columns are repeated where an input has only one. */
export const add: Lowering<'add'> = (call) => combine(call, 'add', call.attrs.activation);

/** The largest of all inputs, element by element. */
export const maximum: Lowering<'maximum'> = (call) => combine(call, 'maximum');

/** Product; rows or columns of the second factor are repeated where it has only one. */
export const multiply: Lowering<'multiply'> = (call) => combine(call, 'multiply');

/** The stored statistics as a factor and a summand for each channel. */
export const batchNorm: Lowering<'batchNorm'> = ({ plan, x, packed, result }) => {
  const y = result();
  plan.dispatch(AFFINE, groupsOf(y), { y, x, scale: packed.scale!, shift: packed.shift! }, {});
  return y;
};

/** Drops nothing at inference. */
export const dropout: Lowering<'dropout'> = ({ x }) => x;
