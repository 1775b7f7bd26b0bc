import { add, mul, rsqrt } from '@tensorflow/tfjs-core';
import type { Tensor1D } from '@tensorflow/tfjs-core';
import type { Gradient, GradientCall } from '../gradient.ts';

function parametersOf({ params, statistics }: GradientCall<'batchNorm'>) {
  const { gamma, beta, movingMean, movingVariance } = params as Record<string, Tensor1D>;
  return {
    gamma: gamma as Tensor1D,
    beta: beta as Tensor1D,
    mean: (statistics?.mean ?? movingMean) as Tensor1D,
    variance: (statistics?.variance ?? movingVariance) as Tensor1D,
  };
}

/** With moving statistics it is a scale per channel, which only gradients of its own parameters need more than `dy` for. */
export const batchNorm: Gradient<'batchNorm'> = {
  reads: ({ ofBatch, params }) => (ofBatch || params.has('gamma') ? [0] : []),
  compute(call) {
    const { dy, kernels, wanted, activation } = call;
    const { gamma, beta, mean, variance } = parametersOf(call);
    const { epsilon } = wanted.attrs;
    if (!wanted.ofBatch && !wanted.params.has('gamma'))
      return {
        inputs: [mul(dy, mul(gamma, rsqrt(add(variance, epsilon))))],
        params: wanted.params.has('beta') ? { beta: kernels.channelSums(dy) } : {},
      };
    const x = call.input(0);
    const { dx, dgamma, dbeta } = kernels.batchNormGradient({
      ...{ x, dy, gamma, beta, mean, variance, epsilon, activation },
      ofBatch: wanted.ofBatch,
    });
    const params = { gamma: dgamma, beta: dbeta };
    return {
      inputs: [dx],
      params: Object.fromEntries(Object.entries(params).filter(([role]) => wanted.params.has(role))),
    };
  },
};
