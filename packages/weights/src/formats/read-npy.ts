import { WeightsError } from '@atrous/core';
import type { StoredData, StoredTensor } from '../stored-tensor.ts';
import { bytesPerNumber, decodeNumbers } from './dtypes.ts';
import { readNpyHeader } from './npy-header.ts';

/** Column-major numbers in row-major order. */
function toRowMajor(data: StoredData, shape: readonly number[]): StoredData {
  const result = data.slice();
  const index = shape.map(() => 0);
  const strides = shape.map((_, axis) => shape.slice(0, axis).reduce((product, extent) => product * extent, 1));
  for (let to = 0, from = 0; to < data.length; to++) {
    result[to] = data[from] ?? 0;
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      const stride = strides[axis] ?? 0;
      index[axis] = (index[axis] ?? 0) + 1;
      from += stride;
      if (index[axis] !== shape[axis]) break;
      from -= stride * (index[axis] ?? 0);
      index[axis] = 0;
    }
  }
  return result;
}

/**
 * Reads a NumPy `.npy` array of versions 1 to 3, in either byte order and either memory order.
 *
 * @param bytes the whole file; the numbers are copied out of it.
 * @returns the array in row-major order.
 * @throws WeightsError when it is broken (`NPY_FORMAT`) or does not hold plain numbers (`NPY_DTYPE`).
 */
export function readNpy(bytes: Uint8Array): StoredTensor {
  const { dtype, bigEndian, fortranOrder, shape, count, dataStart } = readNpyHeader(bytes);
  const length = count * bytesPerNumber(dtype);
  if (bytes.length - dataStart !== length)
    throw new WeightsError(
      `the .npy array is broken: ${bytes.length - dataStart} bytes follow its header, [${shape.join(', ')}] of ${dtype} needs ${length}`,
      { code: 'NPY_FORMAT', hint: 'the file was cut short, or holds more than one array' },
    );
  const data = decodeNumbers(bytes.subarray(dataStart), dtype, bigEndian);
  return { dtype, shape, data: fortranOrder && shape.length > 1 ? toRowMajor(data, shape) : data };
}
