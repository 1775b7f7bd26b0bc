import { defineOp } from '@atrous/core';

/**
 * Brings the channels of each position to mean 0 and variance 1, then scales and shifts them.
 *
 * Options: `epsilon`, added to the variance.
 *
 * @see Ba et al. 2016, "Layer Normalization", arXiv:1607.06450
 */
export const layerNorm = defineOp({
  name: 'mobilevit-layer-norm',
  description: 'Normalisation over the channels of each position',
  inferShape: ([x = []]) => x,
  params([x]) {
    const shape = [x?.[3] ?? 0];
    return { gamma: { name: 'gamma', shape }, beta: { name: 'beta', shape } };
  },
  reference([x], { gamma, beta }, /** @type {{ readonly epsilon: number }} */ { epsilon }) {
    if (!x || !gamma || !beta) throw new TypeError('layer norm needs one input, gamma and beta');
    const channels = gamma.data.length;
    const data = new Float32Array(x.data.length);
    for (let start = 0; start < data.length; start += channels) {
      const values = x.data.subarray(start, start + channels);
      let mean = 0;
      for (const value of values) mean += value / channels;
      let variance = 0;
      for (const value of values) variance += (value - mean) ** 2 / channels;
      const scale = 1 / Math.sqrt(variance + epsilon);
      for (let c = 0; c < channels; c++)
        data[start + c] = ((values[c] ?? 0) - mean) * scale * (gamma.data[c] ?? 0) + (beta.data[c] ?? 0);
    }
    return { shape: x.shape, data };
  },
});
