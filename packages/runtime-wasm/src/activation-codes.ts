import type { Activation } from '@atrous/core';

/** What `assembly/activate.ts` calls the functions. */
export const ACTIVATION_CODES = {
  linear: 0,
  relu: 1,
  relu6: 2,
  leakyRelu: 3,
  hardSwish: 4,
  hardSigmoid: 5,
  sigmoid: 6,
  silu: 7,
} as const satisfies Readonly<Record<Activation, number>>;
