import { extents, inputOf, zeros, type Kernel } from '../kernel.ts';

/** `exp(x_c − m) / Σ exp(x_k − m)` over channels with `m = max x`, or its logarithm. */
export const softmax: Kernel<'softmax'> = (call) => {
  const x = inputOf(call).data;
  const channels = extents(call.shape)[3];
  const out = zeros(call.shape);
  for (let start = 0; start < x.length; start += channels) {
    let largest = -Infinity;
    for (let c = start; c < start + channels; c++) largest = Math.max(largest, x[c]!);
    let sum = 0;
    for (let c = start; c < start + channels; c++) sum += Math.exp(x[c]! - largest);
    const logSum = largest + Math.log(sum);
    for (let c = start; c < start + channels; c++)
      out.data[c] = call.attrs.log ? x[c]! - logSum : Math.exp(x[c]! - largest) / sum;
  }
  return out;
};
