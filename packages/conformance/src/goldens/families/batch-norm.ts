import { defineFamily, type OpGolden } from '../op-family.ts';

interface BatchNormGolden extends OpGolden {
  readonly mode: string;
  readonly eps: number;
}

export const batchNorm = defineFamily<BatchNormGolden>(({ mode, eps }, tensors) => {
  if (mode !== 'infer') return { skip: `batch norm in the mode "${mode}" belongs to training` };
  return {
    build: (b, x) => b.batchNorm(x, { name: 'bn', epsilon: eps }),
    input: tensors.get('x'),
    weights: {
      'bn/gamma': tensors.get('gamma'),
      'bn/beta': tensors.get('beta'),
      'bn/moving_mean': tensors.get('running_mean'),
      'bn/moving_variance': tensors.get('running_var'),
    },
    expected: tensors.get('y'),
  };
});
