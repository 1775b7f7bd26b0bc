import { ShapeError } from './errors.ts';

/** Numbers of a tensor in host memory. */
export type TensorData = Float32Array | Int32Array;

/** A dense tensor in host memory, row-major. Images and features are `[n, h, w, c]`, filters `[kh, kw, in, out]`. */
export interface Tensor {
  readonly shape: readonly number[];
  readonly data: TensorData;
}

/** Weights by parameter name, as in {@link Param.name}. */
export type Weights = ReadonlyMap<string, Tensor>;

/** Number of elements of a shape. */
export const sizeOf = (shape: readonly number[]): number => shape.reduce((product, extent) => product * extent, 1);

/**
 * Pairs data with a shape.
 *
 * @throws ShapeError when the data does not have as many elements as the shape.
 */
export function tensor(data: TensorData, shape: readonly number[]): Tensor {
  if (data.length !== sizeOf(shape))
    throw new ShapeError(`a tensor of shape [${shape.join(', ')}] needs ${sizeOf(shape)} elements, got ${data.length}`);
  return { shape, data };
}
