import { add, batchNorm, mean as meanOf, mul, rsqrt, square, sub, sum, tidy } from '@tensorflow/tfjs-core';
import type { Tensor1D } from '@tensorflow/tfjs-core';
import type { Tensor4D } from '../../kernel.ts';
import type { TrainingKernels } from '../training-kernels.ts';

const OVER_PIXELS = [0, 1, 2];

export const channelSums: TrainingKernels['channelSums'] = (dy) => sum<Tensor1D>(dy, OVER_PIXELS);

/** @see Ioffe and Szegedy 2015, "Batch Normalization", Algorithm 1, arXiv:1502.03167 */
export const normalizeBatch: TrainingKernels['normalizeBatch'] = (x, gamma, beta, epsilon) => {
  const mean = meanOf<Tensor1D>(x, OVER_PIXELS);
  const variance = tidy(() => meanOf<Tensor1D>(square(sub(x, mean)), OVER_PIXELS));
  return { y: batchNorm(x, mean, variance, beta, gamma, epsilon), mean, variance };
};

/** @see Ioffe and Szegedy 2015, "Batch Normalization", §3, arXiv:1502.03167 */
export const batchNormGradient: TrainingKernels['batchNormGradient'] = (call) => {
  const { x, dy, gamma, mean, variance, epsilon, ofBatch } = call;
  const inverse = rsqrt(add<Tensor1D>(variance, epsilon));
  const dbeta = channelSums(dy);
  const dgamma = tidy(() => mul<Tensor1D>(channelSums(mul(dy, sub(x, mean))), inverse));
  const scale = mul<Tensor1D>(gamma, inverse);
  if (!ofBatch) return { dx: mul(dy, scale), dgamma, dbeta };
  const share = mean.size / x.size;
  const slope = mul(mul(dgamma, inverse), share);
  const along = tidy(() => mul(sub(x, mean), slope));
  const dx = tidy(() => mul<Tensor4D>(sub(sub(dy, mul(dbeta, share)), along), scale));
  return { dx, dgamma, dbeta };
};
