import { UnsupportedError, WeightsError } from '@atrous/core';
import type { Checkpoint, StoredData, StoredDtype, StoredTensor } from '../stored-tensor.ts';
import { bytesPerNumber, decodeNumbers } from './dtypes.ts';
import { elementCount } from './element-count.ts';
import { FlatBufferRangeError, openFlatBuffer, type FlatTable } from './flat-table.ts';

/** Field numbers of the tables, as in TensorFlow Lite's schema. */
const MODEL = { subgraphs: 2, buffers: 4 } as const;
const SUBGRAPH = { tensors: 0 } as const;
const TENSOR = { shape: 0, type: 1, buffer: 2, name: 3, quantization: 4 } as const;
const QUANTIZATION = { scale: 2 } as const;
const BUFFER = { data: 0, offset: 1 } as const;

const DTYPES: ReadonlyMap<number, StoredDtype> = /* @__PURE__ */ new Map([
  [0, 'float32'],
  [1, 'float16'],
  [2, 'int32'],
  [3, 'uint8'],
  [4, 'int64'],
  [6, 'bool'],
  [7, 'int16'],
  [9, 'int8'],
  [10, 'float64'],
  [12, 'uint64'],
  [15, 'uint32'],
  [16, 'uint16'],
]);

const broken = (message: string, cause?: unknown): WeightsError =>
  new WeightsError(`the TensorFlow Lite file is broken: ${message}`, {
    code: 'TFLITE_FORMAT',
    hint: 'download or convert it again; the file may have been cut short',
    cause,
  });

function refuseQuantized(name: string, dtype: string, tensor: FlatTable): void {
  const quantization = tensor.table(TENSOR.quantization);
  if (quantization === undefined || quantization.length(QUANTIZATION.scale) === 0) return;
  throw new UnsupportedError(`"${name}" is quantised to ${dtype}: quantised TensorFlow Lite models are not read`, {
    code: 'TFLITE_QUANTIZED',
    hint: 'use the float model that it was converted from',
  });
}

function dtypeOf(name: string, tensor: FlatTable): StoredDtype {
  const type = tensor.uint8(TENSOR.type);
  const dtype = DTYPES.get(type);
  refuseQuantized(name, dtype ?? `type ${type}`, tensor);
  if (dtype !== undefined) return dtype;
  throw new UnsupportedError(`"${name}" has the TensorFlow Lite type ${type}, which is not read`, {
    code: 'TFLITE_DTYPE',
    hint: 'convert the model without strings, complex or four-bit numbers',
  });
}

function bufferBytes(name: string, model: FlatTable, index: number): Uint8Array {
  const buffer = model.tableAt(MODEL.buffers, index);
  if (buffer === undefined) throw broken(`"${name}" is in a buffer that does not exist`);
  // Models of 2 GiB and more keep their numbers behind the flatbuffer.
  if (buffer.uint64(BUFFER.offset) > 1n)
    throw new UnsupportedError(`"${name}" lies outside the flatbuffer, which is not read`, {
      code: 'TFLITE_LARGE',
      hint: 'convert the model to a file under 2 GiB',
    });
  return buffer.bytes(BUFFER.data);
}

/** Tensors may share a buffer. Distinct ones fit into the file together, unless it is made to take more memory than it has bytes. */
function createDecoder(fileLength: number) {
  const decoded = new Map<string, StoredData>();
  let total = 0;
  return (buffer: number, bytes: Uint8Array, dtype: StoredDtype): StoredData => {
    const key = `${buffer} ${dtype}`;
    const known = decoded.get(key);
    if (known !== undefined) return known;
    total += bytes.length;
    if (total > fileLength) throw broken('its constants overlap');
    const data = decodeNumbers(bytes, dtype);
    decoded.set(key, data);
    return data;
  };
}

function readConstants(model: FlatTable, fileLength: number): ReadonlyMap<string, StoredTensor> {
  const main = model.tableAt(MODEL.subgraphs, 0);
  if (main === undefined) throw broken('it has no graph');
  const decode = createDecoder(fileLength);
  const tensors = new Map<string, StoredTensor>();
  for (let i = 0; i < main.length(SUBGRAPH.tensors); i++) {
    const tensor = main.tableAt(SUBGRAPH.tensors, i) as FlatTable;
    const index = tensor.uint32(TENSOR.buffer);
    const name = tensor.text(TENSOR.name);
    const bytes = bufferBytes(name, model, index);
    if (bytes.length === 0) continue;
    if (tensors.has(name)) throw broken(`it names a constant twice: "${name}"`);
    const dtype = dtypeOf(name, tensor);
    const shape = tensor.int32s(TENSOR.shape);
    const count = elementCount(shape);
    if (count === undefined || count * bytesPerNumber(dtype) !== bytes.length)
      throw broken(`"${name}" is [${shape.join(', ')}] of ${dtype} and has ${bytes.length} bytes`);
    tensors.set(name, { dtype, shape, data: decode(index, bytes, dtype) });
  }
  return tensors;
}

/**
 * Reads the constants of a float TensorFlow Lite model: its weights, under the names of its tensors, filters as `[out, kh, kw, in]`.
 *
 * @param bytes the whole file.
 * @throws WeightsError (`TFLITE_FORMAT`) when it is broken.
 * @throws UnsupportedError (`TFLITE_QUANTIZED`) when a constant is quantised.
 * @see https://github.com/tensorflow/tensorflow/blob/master/tensorflow/compiler/mlir/lite/schema/schema.fbs
 */
export function readTflite(bytes: Uint8Array): Checkpoint {
  try {
    const { root, identifier } = openFlatBuffer(bytes);
    if (identifier !== 'TFL3') throw broken(`it is marked ${JSON.stringify(identifier)} instead of "TFL3"`);
    return { format: 'tflite', tensors: readConstants(root, bytes.length), metadata: {} };
  } catch (cause) {
    throw cause instanceof FlatBufferRangeError ? broken(cause.message, cause) : cause;
  }
}
