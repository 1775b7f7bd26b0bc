import type { Activation } from '@atrous/core';

/** Every activation that changes something. */
export const activations = [
  'relu',
  'relu6',
  'leakyRelu',
  'hardSwish',
  'hardSigmoid',
  'sigmoid',
  'silu',
] as const satisfies readonly Activation[];
