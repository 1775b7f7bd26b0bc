import { WeightsError } from '@atrous/core';
import { inflateSync } from 'fflate';
import { crc32 } from './crc32.ts';

/** A file inside a zip archive. */
export interface ZipEntry {
  readonly name: string;
  /** Bytes when unpacked, as the archive says. */
  readonly size: number;
  /** Unpacks it, checking its length and its checksum. */
  read(): Uint8Array;
}

const broken = (message: string, cause?: unknown): WeightsError =>
  new WeightsError(`the zip archive is broken: ${message}`, {
    code: 'ZIP_FORMAT',
    hint: 'the file may have been cut short: download or save it again',
    cause,
  });

const END = 0x06054b50;
const CENTRAL = 0x02014b50;
const LOCAL = 0x04034b50;
const ENCRYPTED = 1;
const STORED = 0;
const DEFLATED = 8;

/** The directory's end has a comment of up to 65,535 bytes after it. */
function findEnd(view: DataView): number {
  for (let at = view.byteLength - 22; at >= Math.max(0, view.byteLength - 22 - 0xffff); at--)
    if (view.getUint32(at, true) === END && at + 22 + view.getUint16(at + 20, true) === view.byteLength) return at;
  throw broken('its directory is missing');
}

interface Packed {
  readonly name: string;
  readonly method: number;
  readonly crc: number;
  readonly packedSize: number;
  readonly size: number;
  readonly localStart: number;
}

/** Sizes of 4 GiB and more stand elsewhere (zip64); no such file fits into memory here. */
const isZip64 = ({ packedSize, size, localStart }: Packed): boolean =>
  [packedSize, size, localStart].includes(0xffffffff);

function readDirectory(bytes: Uint8Array, view: DataView): readonly Packed[] {
  const end = findEnd(view);
  const count = view.getUint16(end + 10, true);
  const entries: Packed[] = [];
  let at = view.getUint32(end + 16, true);
  for (let i = 0; i < count; i++) {
    if (at + 46 > end || view.getUint32(at, true) !== CENTRAL) throw broken('its directory is damaged');
    const nameLength = view.getUint16(at + 28, true);
    const next = at + 46 + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
    if (next > end) throw broken('its directory is damaged');
    const entry: Packed = {
      name: new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + nameLength)),
      method: view.getUint16(at + 10, true),
      crc: view.getUint32(at + 16, true),
      packedSize: view.getUint32(at + 20, true),
      size: view.getUint32(at + 24, true),
      localStart: view.getUint32(at + 42, true),
    };
    if (view.getUint16(at + 8, true) & ENCRYPTED) throw broken(`"${entry.name}" is encrypted`);
    if (isZip64(entry)) throw broken(`"${entry.name}" has 4 GiB or more`);
    entries.push(entry);
    at = next;
  }
  return entries;
}

function packedBytes(bytes: Uint8Array, view: DataView, { name, localStart, packedSize }: Packed): Uint8Array {
  if (localStart + 30 > bytes.length || view.getUint32(localStart, true) !== LOCAL)
    throw broken(`"${name}" is not where the directory says`);
  const start = localStart + 30 + view.getUint16(localStart + 26, true) + view.getUint16(localStart + 28, true);
  if (start + packedSize > bytes.length) throw broken(`"${name}" goes past the end of the file`);
  return bytes.subarray(start, start + packedSize);
}

function unpack(packed: Uint8Array, { name, method, size, crc }: Packed): Uint8Array {
  if (method !== STORED && method !== DEFLATED) throw broken(`"${name}" is compressed by method ${method}`);
  let content = packed;
  if (method === DEFLATED)
    try {
      // One byte more than announced, so that content that goes on is noticed and never takes memory.
      content = inflateSync(packed, { out: new Uint8Array(size + 1) });
    } catch (cause) {
      throw broken(`"${name}" cannot be unpacked`, cause);
    }
  if (content.length !== size) throw broken(`"${name}" does not have the ${size} bytes that the directory says`);
  if (crc32(content) !== crc) throw broken(`"${name}" has another checksum than the directory says`);
  return content;
}

/**
 * What unpacking may take for a file of this length. Weights are close to random and hardly shrink; a thousandfold growth is an attack
 * or an array of zeros.
 */
const unpackedLimit = (fileSize: number): number => 64 * 1024 * 1024 + 64 * fileSize;

/**
 * Lists a zip archive, stored or deflated.
 *
 * @throws WeightsError (`ZIP_FORMAT`) when it is damaged, names a file twice, or would unpack to far more than weights do.
 */
export function readZip(bytes: Uint8Array): readonly ZipEntry[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const entries = readDirectory(bytes, view);
  const total = entries.reduce((sum, { size }) => sum + size, 0);
  if (total > unpackedLimit(bytes.length))
    throw new WeightsError(`the zip archive of ${bytes.length} bytes would unpack to ${total}`, {
      code: 'ZIP_SIZE',
      hint: 'save the arrays uncompressed (numpy.savez) if they are meant to be that large',
    });
  if (new Set(entries.map(({ name }) => name)).size !== entries.length) throw broken('it names a file twice');
  return entries.map((entry) => ({
    name: entry.name,
    size: entry.size,
    read: () => unpack(packedBytes(bytes, view, entry), entry),
  }));
}
