import { extents, inputOf, zeros, type Kernel } from '../kernel.ts';
import { applyActivation } from './activation.ts';

/** Sum of all inputs, then the fused activation. */
export const add: Kernel<'add'> = (call) => {
  const out = zeros(call.shape);
  for (const { data } of call.inputs) for (let i = 0; i < data.length; i++) out.data[i]! += data[i]!;
  return applyActivation(out, call.attrs.activation);
};

/** The largest of all inputs, element by element. */
export const maximum: Kernel<'maximum'> = (call) => {
  const out = zeros(call.shape);
  out.data.fill(-Infinity);
  for (const { data } of call.inputs)
    for (let i = 0; i < data.length; i++) out.data[i] = Math.max(out.data[i]!, data[i]!);
  return out;
};

/** Product; rows or columns of the second factor are repeated where it has only one. */
export const multiply: Kernel<'multiply'> = (call) => {
  const x = inputOf(call);
  const factor = inputOf(call, 1);
  const [batch, height, width, channels] = extents(x.shape);
  const [, factorHeight, factorWidth] = extents(factor.shape);
  const out = zeros(call.shape);
  let i = 0;
  for (let n = 0; n < batch; n++)
    for (let y = 0; y < height; y++)
      for (let column = 0; column < width; column++) {
        const row = n * factorHeight + (factorHeight === 1 ? 0 : y);
        const start = (row * factorWidth + (factorWidth === 1 ? 0 : column)) * channels;
        for (let c = 0; c < channels; c++, i++) out.data[i] = x.data[i]! * factor.data[start + c]!;
      }
  return out;
};
