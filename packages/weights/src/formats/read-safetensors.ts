import { WeightsError } from '@atrous/core';
import type { Checkpoint, StoredDtype, StoredTensor } from '../stored-tensor.ts';
import { bytesPerNumber, decodeNumbers } from './dtypes.ts';
import { elementCount } from './element-count.ts';
import { countTopLevelKeys } from './json-keys.ts';
import { safetensorsDtypes } from './safetensors-dtypes.ts';

const broken = (message: string, cause?: unknown): WeightsError =>
  new WeightsError(`the safetensors file is broken: ${message}`, {
    code: 'SAFETENSORS_FORMAT',
    hint: 'download or export it again; the file may have been cut short',
    cause,
  });

interface Entry {
  readonly name: string;
  readonly dtype: StoredDtype;
  readonly shape: readonly number[];
  readonly start: number;
  readonly end: number;
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function parseHeader(bytes: Uint8Array): { header: Readonly<Record<string, unknown>>; dataStart: number } {
  if (bytes.length < 8) throw broken(`it has ${bytes.length} bytes, its header alone takes 8`);
  const length = new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true);
  if (length > BigInt(bytes.length - 8))
    throw broken(`it announces a header of ${length} bytes, ${bytes.length - 8} are left in the file`);
  const dataStart = 8 + Number(length);
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(8, dataStart));
    const header: unknown = JSON.parse(text);
    if (!isRecord(header)) throw broken('its header is not an object');
    if (countTopLevelKeys(text) !== Object.keys(header).length) throw broken('its header names a tensor twice');
    return { header, dataStart };
  } catch (cause) {
    throw cause instanceof WeightsError ? cause : broken('its header is not JSON', cause);
  }
}

function parseEntry(name: string, value: unknown, dataLength: number): Entry {
  const { dtype: code, shape, data_offsets: offsets } = isRecord(value) ? value : {};
  const dtype = safetensorsDtypes.get(String(code));
  if (dtype === undefined)
    throw broken(`"${name}" has dtype ${String(code)}, known are ${[...safetensorsDtypes.keys()].join(', ')}`);
  const count = Array.isArray(shape) ? elementCount(shape) : undefined;
  if (count === undefined) throw broken(`"${name}" has the shape ${JSON.stringify(shape)}`);
  const [start, end] = Array.isArray(offsets) && offsets.length === 2 ? (offsets as unknown[]) : [];
  if (!Number.isSafeInteger(start) || !Number.isSafeInteger(end))
    throw broken(`"${name}" has the data offsets ${JSON.stringify(offsets)}`);
  const entry = { name, dtype, shape: shape as number[], start: start as number, end: end as number };
  if (entry.start < 0 || entry.end < entry.start || entry.end > dataLength)
    throw broken(`"${name}" lies at ${entry.start} … ${entry.end} of ${dataLength} bytes`);
  const bytes = count * bytesPerNumber(dtype);
  if (entry.end - entry.start !== bytes)
    throw broken(`"${name}" has ${entry.end - entry.start} bytes, its shape and dtype need ${bytes}`);
  return entry;
}

/** The format leaves no byte unused and uses none twice, so that a file cannot hide anything. */
function checkTiling(entries: readonly Entry[], dataLength: number): void {
  let reached = 0;
  for (const { name, start, end } of entries.toSorted((a, b) => a.start - b.start || a.end - b.end)) {
    if (start !== reached) throw broken(`"${name}" starts at byte ${start}, the tensor before it ends at ${reached}`);
    reached = end;
  }
  if (reached !== dataLength) throw broken(`${dataLength - reached} bytes follow the last tensor`);
}

function parseMetadata(value: unknown): Readonly<Record<string, string>> {
  if (value === undefined) return {};
  if (!isRecord(value)) throw broken('its metadata is not an object');
  for (const text of Object.values(value)) if (typeof text !== 'string') throw broken('its metadata is not all text');
  return value as Readonly<Record<string, string>>;
}

/**
 * Reads a safetensors file.
 *
 * @param bytes the whole file; the tensors are copied out of it.
 * @throws WeightsError (`SAFETENSORS_FORMAT`) when anything in it disagrees with the format or with its length.
 * @see https://github.com/huggingface/safetensors#format
 */
export function readSafetensors(bytes: Uint8Array): Checkpoint {
  const { header, dataStart } = parseHeader(bytes);
  const dataLength = bytes.length - dataStart;
  const entries = Object.entries(header)
    .filter(([name]) => name !== '__metadata__')
    .map(([name, value]) => parseEntry(name, value, dataLength));
  checkTiling(entries, dataLength);
  const tensors = new Map<string, StoredTensor>();
  for (const { name, dtype, shape, start, end } of entries)
    tensors.set(name, { dtype, shape, data: decodeNumbers(bytes.subarray(dataStart + start, dataStart + end), dtype) });
  return { format: 'safetensors', tensors, metadata: parseMetadata(header['__metadata__']) };
}
