/** Number formats of stored tensors. */
export type StoredDtype =
  | 'float16'
  | 'bfloat16'
  | 'float32'
  | 'float64'
  | 'int8'
  | 'int16'
  | 'int32'
  | 'int64'
  | 'uint8'
  | 'uint16'
  | 'uint32'
  | 'uint64'
  | 'bool';

/** Numbers as read: `float16` and `bfloat16` become `Float32Array`, exactly; `bool` becomes a `Uint8Array` of 0 and 1. */
export type StoredData =
  | Float32Array
  | Float64Array
  | Int8Array
  | Int16Array
  | Int32Array
  | BigInt64Array
  | Uint8Array
  | Uint16Array
  | Uint32Array
  | BigUint64Array;

/** A tensor as a checkpoint holds it, in the checkpoint's own layout, row-major. */
export interface StoredTensor {
  /** What the file stores; {@link StoredData} says which array stands for it. */
  readonly dtype: StoredDtype;
  /** Empty for a scalar. */
  readonly shape: readonly number[];
  readonly data: StoredData;
}

/** Everything that was read from a checkpoint. */
export interface Checkpoint {
  /** For messages, for example `safetensors`. */
  readonly format: string;
  /** By the checkpoint's own names. */
  readonly tensors: ReadonlyMap<string, StoredTensor>;
  /** Free text that came with the tensors. */
  readonly metadata: Readonly<Record<string, string>>;
}
