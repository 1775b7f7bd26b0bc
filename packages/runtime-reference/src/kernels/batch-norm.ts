import { extents, inputOf, zeros, type Kernel } from '../kernel.ts';

/**
 * `gamma · (x − mean) / sqrt(variance + epsilon) + beta`, with the stored statistics.
 *
 * @see Ioffe & Szegedy 2015, "Batch Normalization", Algorithm 2, arXiv:1502.03167
 */
export const batchNorm: Kernel<'batchNorm'> = (call) => {
  const x = inputOf(call).data;
  const channels = extents(call.shape)[3];
  const gamma = call.params.gamma!.data;
  const beta = call.params.beta!.data;
  const mean = call.params.movingMean!.data;
  const variance = call.params.movingVariance!.data;
  const out = zeros(call.shape);
  for (let i = 0; i < x.length; i++) {
    const c = i % channels;
    out.data[i] = (gamma[c]! * (x[i]! - mean[c]!)) / Math.sqrt(variance[c]! + call.attrs.epsilon) + beta[c]!;
  }
  return out;
};

/** Drops nothing at inference. */
export const dropout: Kernel<'dropout'> = (call) => inputOf(call);
