import { extents, inputOf, zeros, type Kernel, type Value } from '../kernel.ts';
import { applyActivation } from './activation.ts';

/** Calls `visit` for every value of a result and the value of an operand that belongs to it; its only row or column is repeated. */
function eachWith(shape: readonly number[], operand: Value, visit: (i: number, value: number) => void): void {
  const [batch, height, width, channels] = extents(shape);
  const [, operandHeight, operandWidth] = extents(operand.shape);
  let i = 0;
  for (let n = 0; n < batch; n++)
    for (let y = 0; y < height; y++)
      for (let x = 0; x < width; x++) {
        const row = n * operandHeight + (operandHeight === 1 ? 0 : y);
        const start = (row * operandWidth + (operandWidth === 1 ? 0 : x)) * channels;
        for (let c = 0; c < channels; c++, i++) visit(i, operand.data[start + c]!);
      }
}

/** Sum of all inputs, then the fused activation. Rows or columns are repeated where an input has only one. */
export const add: Kernel<'add'> = (call) => {
  const out = zeros(call.shape);
  for (const input of call.inputs) eachWith(call.shape, input, (i, value) => (out.data[i]! += value));
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
  const out = zeros(call.shape);
  eachWith(call.shape, inputOf(call, 1), (i, value) => (out.data[i] = x.data[i]! * value));
  return out;
};
