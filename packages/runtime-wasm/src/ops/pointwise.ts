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

function combine(
  plan: PlanBuilder,
  operation: keyof typeof OPERATIONS,
  [first, ...rest]: readonly Value[],
  fn: keyof typeof ACTIVATION_CODES = 'linear',
): Value {
  return rest.reduce((a, b, i) => {
    const y = plan.value(b.shape);
    const activation = ACTIVATION_CODES[i === rest.length - 1 ? fn : 'linear'];
    const fields = { a: a.buffer, b: b.buffer, y: y.buffer, operation: OPERATIONS[operation], activation };
    plan.kernel('elementwise', vectorsOf(y), fields);
    return y;
  }, first!);
}

/** Sum of all inputs, then the fused activation. */
export const add: Lowering<'add'> = ({ plan, attrs, inputs }) => combine(plan, 'add', inputs, attrs.activation);

/** The largest of all inputs, element by element. */
export const maximum: Lowering<'maximum'> = ({ plan, inputs }) => combine(plan, 'maximum', inputs);

/** Product; rows or columns of the second factor are repeated where it has only one. */
export const multiply: Lowering<'multiply'> = ({ plan, inputs: [x, factor], shape }) => {
  const [, factorHeight, factorWidth] = factor!.shape;
  if (factorHeight === shape[1] && factorWidth === shape[2]) return combine(plan, 'multiply', [x!, factor!]);
  const y = plan.value(shape);
  plan.kernel(
    'broadcast',
    { items: shape[0] * shape[1], work: 4 * pixelsOf(y) * lanesOf(y) },
    {
      ...{ x: x!.buffer, y: y.buffer, factor: factor!.buffer, pitch: pitchOf(y), height: shape[1], width: shape[2] },
      factorImage: imageBytesOf(factor!),
      factorRow: factorHeight === 1 ? 0 : rowBytesOf(factor!),
      factorColumn: factorWidth === 1 ? 0 : pitchOf(factor!),
    },
  );
  return y;
};

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
