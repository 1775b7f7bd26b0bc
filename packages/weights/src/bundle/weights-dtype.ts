import type { Tensor, Weights } from '@atrous/core';
import type { StoredTensor } from '../stored-tensor.ts';

/**
 * How a bundle stores its weights. `float16` halves the file: filters are rounded to 11 bits, which moves logits by about a thousandth of
 * their range; vectors (biases, batch statistics) stay as they are, being few and of any magnitude.
 */
export type WeightsDtype = 'float32' | 'float16';

/** Options of calls that write a bundle. */
export interface EncodeBundleOptions {
  /** Default `float32`. */
  readonly dtype?: WeightsDtype | undefined;
}

/** Largest float16; rounding to it begins a little above, so that this is safe. */
const LARGEST_HALF = 65504;

const isFilter = ({ shape }: Tensor): boolean => shape.length > 1;

const fitsHalves = ({ data }: Tensor): boolean => data.every((value) => Math.abs(value) <= LARGEST_HALF);

/** Weights as they go into the file. A filter with a number that float16 does not reach stays float32. */
export function storeAs(weights: Weights, dtype: WeightsDtype): ReadonlyMap<string, StoredTensor | Tensor> {
  if (dtype === 'float32') return weights;
  return new Map(
    [...weights].map(([name, tensor]) => [
      name,
      isFilter(tensor) && fitsHalves(tensor) ? { ...tensor, dtype: 'float16' as const } : tensor,
    ]),
  );
}
