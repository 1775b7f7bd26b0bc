const ARRAYS = { '|u1': Uint8Array, '<u2': Uint16Array, '<i4': Int32Array, '<f4': Float32Array } as const;

/** Numbers of a `.npy` file. */
export interface GoldenArray {
  readonly shape: readonly number[];
  /** Row-major. */
  readonly data: Uint8Array | Uint16Array | Int32Array | Float32Array;
}

/**
 * Reads the content of a `.npy` file of golden folders: version 1, C order, little endian, uint8, uint16, int32 and float32 only.
 *
 * It shares nothing with `@atrous/weights`, so that a mistake there cannot hide in the expected numbers.
 *
 * @throws Error for anything else.
 */
export function parseGoldenArray(bytes: Uint8Array): GoldenArray {
  const headerLength = new DataView(bytes.buffer, bytes.byteOffset).getUint16(8, true);
  const header = new TextDecoder().decode(bytes.subarray(10, 10 + headerLength));
  const [, dtype = ''] = /'descr': '([^']*)'/.exec(header) ?? [];
  const [, extents] = /'fortran_order': False, 'shape': \(([^)]*)\)/.exec(header) ?? [];
  const ArrayType = ARRAYS[dtype as keyof typeof ARRAYS];
  if (ArrayType === undefined || extents === undefined) throw new Error(`a golden array cannot be this: ${header}`);
  const shape = extents.split(',').flatMap((extent) => (extent.trim() === '' ? [] : [Number(extent)]));
  return { shape, data: new ArrayType(bytes.slice(10 + headerLength).buffer) };
}
