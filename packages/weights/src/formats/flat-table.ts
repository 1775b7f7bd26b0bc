import { ByteBuffer } from 'flatbuffers';

/**
 * A table of a flatbuffer that came from a file: every position is checked, because the flatbuffers runtime checks none.
 *
 * Fields are numbered as in the schema.
 */
export interface FlatTable {
  uint8(field: number): number;
  uint32(field: number): number;
  uint64(field: number): bigint;
  text(field: number): string;
  table(field: number): FlatTable | undefined;
  /** One table of a vector; `undefined` past its end. */
  tableAt(field: number, index: number): FlatTable | undefined;
  int32s(field: number): readonly number[];
  bytes(field: number): Uint8Array;
  /** Elements of a vector of tables or 32-bit numbers. */
  length(field: number): number;
}

/** Thrown when a position lies outside the buffer. */
export class FlatBufferRangeError extends RangeError {}

/** The root table, and the four letters that say what the buffer is. */
export function openFlatBuffer(bytes: Uint8Array): { readonly root: FlatTable; readonly identifier: string } {
  const buffer = new ByteBuffer(bytes);
  check(buffer, 0, 8);
  return { root: tableAt(buffer, follow(buffer, 0)), identifier: String.fromCharCode(...bytes.subarray(4, 8)) };
}

function check(buffer: ByteBuffer, at: number, length: number): number {
  if (at < 0 || at + length > buffer.capacity())
    throw new FlatBufferRangeError(`bytes ${at} … ${at + length} lie outside the file of ${buffer.capacity()}`);
  return at;
}

const follow = (buffer: ByteBuffer, at: number): number => at + buffer.readUint32(check(buffer, at, 4));

function tableAt(buffer: ByteBuffer, table: number): FlatTable {
  const vtable = table - buffer.readInt32(check(buffer, table, 4));
  const vtableLength = buffer.readUint16(check(buffer, vtable, 4));
  const at = (field: number, length: number): number | undefined => {
    const slot = 4 + 2 * field;
    const offset = slot + 2 > vtableLength ? 0 : buffer.readUint16(check(buffer, vtable + slot, 2));
    return offset === 0 ? undefined : check(buffer, table + offset, length);
  };
  const vector = (field: number, width: number): { start: number; count: number } => {
    const position = at(field, 4);
    if (position === undefined) return { start: 0, count: 0 };
    const start = follow(buffer, position);
    const count = buffer.readUint32(check(buffer, start, 4));
    check(buffer, start + 4, count * width);
    return { start: start + 4, count };
  };
  const read = <T>(field: number, width: number, get: (position: number) => T, absent: T): T => {
    const position = at(field, width);
    return position === undefined ? absent : get(position);
  };
  const bytes = (field: number): Uint8Array => {
    const { start, count } = vector(field, 1);
    return buffer.bytes().subarray(start, start + count);
  };
  return {
    uint8: (field) => read(field, 1, (position) => buffer.readUint8(position), 0),
    uint32: (field) => read(field, 4, (position) => buffer.readUint32(position), 0),
    uint64: (field) => read(field, 8, (position) => buffer.readUint64(position), 0n),
    text: (field) => new TextDecoder().decode(bytes(field)),
    table: (field) => read(field, 4, (position) => tableAt(buffer, follow(buffer, position)), undefined),
    tableAt: (field, index) => {
      const { start, count } = vector(field, 4);
      return index < count ? tableAt(buffer, follow(buffer, start + 4 * index)) : undefined;
    },
    int32s: (field) => {
      const { start, count } = vector(field, 4);
      return Array.from({ length: count }, (_, i) => buffer.readInt32(start + 4 * i));
    },
    bytes,
    length: (field) => vector(field, 4).count,
  };
}
