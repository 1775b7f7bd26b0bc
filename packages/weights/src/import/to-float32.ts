import { UnsupportedError } from '@atrous/core';
import type { StoredTensor } from '../stored-tensor.ts';

/**
 * The numbers of a stored float tensor in single precision.
 *
 * @throws UnsupportedError for integers: quantised weights mean nothing without their scales.
 */
export function toFloat32(name: string, { dtype, data }: StoredTensor): Float32Array {
  if (data instanceof Float32Array) return data;
  if (data instanceof Float64Array) return Float32Array.from(data);
  throw new UnsupportedError(`"${name}" holds ${dtype}, weights are floating-point numbers`, {
    code: 'WEIGHT_DTYPE',
    hint: 'use the float checkpoint that a quantised one was made from',
  });
}
