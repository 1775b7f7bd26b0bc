import { add, mul, reshape, rsqrt, unstack } from '@tensorflow/tfjs-core';
import type { Tensor1D, Tensor2D } from '@tensorflow/tfjs-core';
import type { TrainingKernels } from '../training/training-kernels.ts';
import { activated, slopeOf } from './activations.ts';
import { mapPixels, sumPixels } from './pixelwise.ts';
import type { RunShader } from './shader.ts';

/** What comes before the activation. */
const NORMALIZED = '((x - mean) * scale + beta)';

const onlyRow = (sums: Tensor2D): Tensor1D => reshape(sums, [sums.size]);

export const channelSums =
  (run: RunShader): TrainingKernels['channelSums'] =>
  (dy) =>
    onlyRow(sumPixels(run, 'channelSums', { maps: { dy } }, ['dy']));

/** Reads the input three times: for the mean, for the variance, and to normalise. */
export const normalizeBatch =
  (run: RunShader): TrainingKernels['normalizeBatch'] =>
  (x, gamma, beta, epsilon, activation) => {
    const share = gamma.size / x.size;
    const mean = mul<Tensor1D>(channelSums(run)(x), share);
    const squares = sumPixels(run, 'squaredDeviations', { maps: { x }, channels: { mean } }, [
      '(x - mean) * (x - mean)',
    ]);
    const variance = mul<Tensor1D>(onlyRow(squares), share);
    const scale = mul<Tensor1D>(gamma, rsqrt(add(variance, epsilon)));
    const inputs = { maps: { x }, channels: { mean, scale, beta } };
    const y = mapPixels(run, `normalize_${activation}`, inputs, activated(NORMALIZED, activation));
    return { y, mean, variance };
  };

/** Reads input and gradient twice: for the sums, and for the gradient of the input. */
export const batchNormGradient =
  (run: RunShader): TrainingKernels['batchNormGradient'] =>
  ({ x, dy, gamma, beta, mean, variance, epsilon, ofBatch, activation }) => {
    const inverse = rsqrt(add<Tensor1D>(variance, epsilon));
    const scale = mul<Tensor1D>(gamma, inverse);
    const maps = { x, dy };
    const channels = { mean, scale, beta };
    const linear = `dy * ${slopeOf(NORMALIZED, activation)}`;
    const sums = sumPixels(run, `normSums_${activation}`, { maps, channels }, [linear, `${linear} * (x - mean)`]);
    const [dbeta, along] = unstack(sums) as [Tensor1D, Tensor1D];
    const dgamma = mul<Tensor1D>(along, inverse);
    if (!ofBatch)
      return { dx: mapPixels(run, `scaled_${activation}`, { maps, channels }, `${linear} * scale`), dgamma, dbeta };
    const share = gamma.size / x.size;
    const inputs = {
      maps,
      channels: { ...channels, level: mul<Tensor1D>(dbeta, share), slope: mul<Tensor1D>(mul(dgamma, inverse), share) },
    };
    const dx = mapPixels(run, `normGradient_${activation}`, inputs, `(${linear} - level - (x - mean) * slope) * scale`);
    return { dx, dgamma, dbeta };
  };
