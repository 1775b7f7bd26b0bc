import type { Activation } from '@atrous/core';
import { inputOf, zeros, type Kernel, type Value } from '../kernel.ts';

const relu6 = (x: number): number => Math.min(Math.max(x, 0), 6);
const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));

const FUNCTIONS = {
  linear: (x) => x,
  relu: (x) => Math.max(x, 0),
  relu6,
  leakyRelu: (x) => Math.max(x, x / 10),
  hardSigmoid: (x) => relu6(x + 3) / 6,
  hardSwish: (x) => (x * relu6(x + 3)) / 6,
  sigmoid,
  silu: (x) => x * sigmoid(x),
} satisfies { readonly [A in Activation]: (x: number) => number };

/** The elementwise function of a value, as the ops that carry a fused activation finish. */
export function applyActivation(value: Value, fn: Activation): Value {
  if (fn === 'linear') return value;
  const out = zeros(value.shape);
  for (let i = 0; i < out.data.length; i++) out.data[i] = FUNCTIONS[fn](value.data[i]!);
  return out;
}

export const activation: Kernel<'activation'> = (call) => applyActivation(inputOf(call), call.attrs.fn);
