import { sizeOf, WeightsError, type Tensor } from '@atrous/core';
import type { StoredDtype, StoredTensor } from '../stored-tensor.ts';
import { bytesPerNumber, encodeNumbers } from './dtypes.ts';
import { safetensorsDtypes } from './safetensors-dtypes.ts';

const METADATA = '__metadata__';

function withDtype(tensor: StoredTensor | Tensor): StoredTensor {
  if ('dtype' in tensor) return tensor;
  return { ...tensor, dtype: tensor.data instanceof Float32Array ? 'float32' : 'int32' };
}

function codeOf(dtype: StoredDtype): string {
  for (const [code, known] of safetensorsDtypes) if (known === dtype) return code;
  throw new WeightsError(`safetensors cannot hold ${dtype}`);
}

/** Wide numbers first, so that every tensor is aligned to its own width, as in the reference writer. */
const byWidthThenName = ([a, x]: readonly [string, StoredTensor], [b, y]: readonly [string, StoredTensor]): number =>
  bytesPerNumber(y.dtype) - bytesPerNumber(x.dtype) || (a < b ? -1 : 1);

/**
 * Writes a safetensors file. The same tensors and metadata always give the same bytes.
 *
 * @param metadata free text to store beside the tensors.
 * @throws WeightsError when a tensor's data does not fit its shape, or its name is reserved.
 * @see https://github.com/huggingface/safetensors#format
 */
export function writeSafetensors(
  tensors: ReadonlyMap<string, StoredTensor | Tensor>,
  metadata: Readonly<Record<string, string>> = {},
): Uint8Array<ArrayBuffer> {
  const entries = [...tensors].map(([name, tensor]) => [name, withDtype(tensor)] as const).toSorted(byWidthThenName);
  const header: [string, unknown][] = Object.keys(metadata).length > 0 ? [[METADATA, metadata]] : [];
  let dataLength = 0;
  for (const [name, { dtype, shape, data }] of entries) {
    if (name === METADATA) throw new WeightsError(`no tensor can be called "${METADATA}" in safetensors`);
    if (data.length !== sizeOf(shape))
      throw new WeightsError(`"${name}" is [${shape.join(', ')}] and has ${data.length} numbers`, {
        code: 'WEIGHT_SHAPE',
      });
    const end = dataLength + data.length * bytesPerNumber(dtype);
    header.push([name, { dtype: codeOf(dtype), shape, data_offsets: [dataLength, end] }]);
    dataLength = end;
  }
  const text = new TextEncoder().encode(JSON.stringify(Object.fromEntries(header)));
  const headerLength = Math.ceil(text.length / 8) * 8;
  const file = new Uint8Array(8 + headerLength + dataLength).fill(0x20, 8, 8 + headerLength);
  new DataView(file.buffer).setBigUint64(0, BigInt(headerLength), true);
  file.set(text, 8);
  let offset = 8 + headerLength;
  for (const [, { data, dtype }] of entries) {
    const bytes = encodeNumbers(data, dtype);
    file.set(bytes, offset);
    offset += bytes.length;
  }
  return file;
}
