import { WeightsError } from '@atrous/core';
import type { StoredDtype } from '../stored-tensor.ts';
import { elementCount } from './element-count.ts';

/** What stands before an array's numbers. */
export interface NpyHeader {
  readonly dtype: StoredDtype;
  readonly bigEndian: boolean;
  /** Column-major order. */
  readonly fortranOrder: boolean;
  readonly shape: readonly number[];
  readonly count: number;
  /** Bytes before the numbers. */
  readonly dataStart: number;
}

const broken = (message: string): WeightsError =>
  new WeightsError(`the .npy array is broken: ${message}`, {
    code: 'NPY_FORMAT',
    hint: 'save it again with numpy.save; the file may have been cut short',
  });

const KINDS: Readonly<Record<string, StoredDtype>> = {
  f2: 'float16',
  f4: 'float32',
  f8: 'float64',
  i1: 'int8',
  i2: 'int16',
  i4: 'int32',
  i8: 'int64',
  u1: 'uint8',
  u2: 'uint16',
  u4: 'uint32',
  u8: 'uint64',
  b1: 'bool',
};

function parseDescr(descr: string): { dtype: StoredDtype; bigEndian: boolean } {
  const [, order, kind = ''] = /^'([<>|=])(\w+)'$/.exec(descr) ?? [];
  const dtype = KINDS[kind];
  if (order !== undefined && dtype !== undefined) return { dtype, bigEndian: order === '>' };
  const objects = kind.startsWith('O');
  throw new WeightsError(`a .npy array of ${objects ? 'Python objects' : `dtype ${descr.slice(0, 60)}`} is not read`, {
    code: 'NPY_DTYPE',
    hint: objects ? 'save plain numbers: objects are stored as code to run' : 'save an array of plain numbers',
  });
}

function parseShape(text: string): { shape: readonly number[]; count: number } {
  // Python 2 wrote `(3L, 4L)`.
  const shape = [...text.matchAll(/\d+/g)].map(([extent]) => Number(extent));
  const count = elementCount(shape);
  if (count === undefined) throw broken(`it has the shape ${text.slice(0, 80)}`);
  return { shape, count };
}

/** A literal of exactly this form, never anything that would have to be evaluated. */
const VALUE =
  /\s*(?:'(descr|fortran_order|shape)'\s*:\s*('[^']*'|True|False|\((?:\s*\d+L?\s*(?:,|(?=\))))*\s*\)|\[[^{}]*\]))\s*(,|(?=\}))/y;

function parseDictionary(text: string): ReadonlyMap<string, string> {
  const entries = new Map<string, string>();
  const open = /^\s*\{/.exec(text);
  VALUE.lastIndex = open?.[0].length ?? text.length;
  for (let found = open && VALUE.exec(text); found; found = VALUE.exec(text)) {
    const [, key = '', value = ''] = found;
    if (entries.has(key)) throw broken(`its header says ${key} twice`);
    entries.set(key, value);
    if (/^\s*\}\s*$/.test(text.slice(VALUE.lastIndex))) return entries;
  }
  throw broken('its header is not a dictionary of descr, fortran_order and shape');
}

/** NumPy's own limit. */
const HEADER_LIMIT = 10_000;

function headerText(bytes: Uint8Array): { text: string; dataStart: number } {
  const magic = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59];
  if (bytes.length < 10 || magic.some((byte, i) => bytes[i] !== byte)) throw broken('it does not start like one');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const version = view.getUint8(6);
  if (version < 1 || version > 3) throw broken(`it has version ${version}, known are 1, 2 and 3`);
  const start = version === 1 ? 10 : 12;
  const length = version === 1 ? view.getUint16(8, true) : bytes.length < 12 ? Infinity : view.getUint32(8, true);
  if (length > bytes.length - start) throw broken('its header is longer than the file');
  if (length > HEADER_LIMIT) throw broken(`its header has ${length} bytes, plain arrays have at most ${HEADER_LIMIT}`);
  const encoding = version === 3 ? 'utf-8' : 'latin1';
  return { text: new TextDecoder(encoding).decode(bytes.subarray(start, start + length)), dataStart: start + length };
}

/**
 * Reads what stands before the numbers of a `.npy` array.
 *
 * @throws WeightsError when it is broken, or the array does not hold plain numbers.
 * @see https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html
 */
export function readNpyHeader(bytes: Uint8Array): NpyHeader {
  const { text, dataStart } = headerText(bytes);
  const entries = parseDictionary(text);
  const descr = entries.get('descr');
  const order = entries.get('fortran_order');
  const shape = entries.get('shape');
  if (descr === undefined || shape === undefined || (order !== 'True' && order !== 'False') || !shape.startsWith('('))
    throw broken('its header lacks descr, fortran_order or shape');
  return { ...parseDescr(descr), ...parseShape(shape), fortranOrder: order === 'True', dataStart };
}
