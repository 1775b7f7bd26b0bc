import { zlibSync } from 'fflate';
import { crc32 } from './crc32.ts';
import { pngSignature } from './read-chunks.ts';

/** What {@link writePng} needs to know of a PNG. */
export interface PngToWrite {
  readonly width: number;
  readonly height: number;
  readonly depth: 8 | 16;
  /** As in the standard: 0 grey, 2 RGB, 3 palette index, 6 RGBA. */
  readonly colorType: 0 | 2 | 3 | 6;
  /** Red, green, blue per index. */
  readonly palette?: Uint8Array | undefined;
  /** Filtered rows, each after its filter number. */
  readonly rows: Uint8Array<ArrayBuffer>;
}

function chunk(type: string, content: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(content.length + 12);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, content.length);
  for (let i = 0; i < 4; i++) bytes[4 + i] = type.charCodeAt(i);
  bytes.set(content, 8);
  view.setUint32(content.length + 8, crc32(bytes.subarray(4, content.length + 8)));
  return bytes;
}

/** Puts a PNG together. */
export function writePng({ width, height, depth, colorType, palette, rows }: PngToWrite): Uint8Array<ArrayBuffer> {
  const header = new Uint8Array(13);
  const view = new DataView(header.buffer);
  view.setUint32(0, width);
  view.setUint32(4, height);
  header.set([depth, colorType], 8);
  const parts = [
    Uint8Array.from(pngSignature),
    chunk('IHDR', header),
    ...(palette === undefined ? [] : [chunk('PLTE', palette)]),
    chunk('IDAT', zlibSync(rows)),
    chunk('IEND', new Uint8Array(0)),
  ];
  const bytes = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let offset = 0;
  for (const part of parts) {
    bytes.set(part, offset);
    offset += part.length;
  }
  return bytes;
}
