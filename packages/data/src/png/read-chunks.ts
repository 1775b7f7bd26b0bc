import { DataError } from '@atrous/core';
import { readHeader, type PngHeader } from './header.ts';

/** The chunks of a PNG that say what its pixels are. */
export interface PngChunks {
  readonly header: PngHeader;
  /** Red, green, blue per index. */
  readonly palette: Uint8Array | undefined;
  /** Content of `tRNS`. */
  readonly transparency: Uint8Array | undefined;
  /** Pieces of the compressed pixels, in order. */
  readonly data: readonly Uint8Array[];
}

const pngSignature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a] as const;

const broken = (message: string): DataError =>
  new DataError(message, { code: 'IMAGE_BROKEN', hint: 'the file was probably cut off or damaged; get it again' });

function checkSignature(bytes: Uint8Array): void {
  if (bytes.length === 0) throw broken('the PNG is empty');
  if (pngSignature.some((byte, i) => i < bytes.length && bytes[i] !== byte))
    throw new DataError('not a PNG: the file does not start with the PNG signature', {
      code: 'IMAGE_FORMAT',
      hint: 'in Node, decodeImage of @atrous/data/node also reads JPEG, WebP and others; in a browser, use createImageBitmap',
    });
}

interface Chunk {
  readonly type: string;
  readonly content: Uint8Array;
}

/** Chunks that decide about pixels, up to `IEND`. Their checksums are the decoder's to check. */
function* chunksOf(bytes: Uint8Array): Generator<Chunk> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let type = '';
  for (let offset = pngSignature.length; type !== 'IEND';) {
    if (offset + 12 > bytes.length) throw broken(`the PNG ends after ${bytes.length} bytes, before its last chunk`);
    const length = view.getUint32(offset);
    type = String.fromCharCode(...bytes.subarray(offset + 4, offset + 8));
    const end = offset + 8 + length;
    if (end + 4 > bytes.length)
      throw broken(`the PNG ends after ${bytes.length} bytes, inside its chunk ${JSON.stringify(type)} of ${length}`);
    const isCritical = (bytes[offset + 4]! & 0x20) === 0;
    if (isCritical || type === 'tRNS') yield { type, content: bytes.subarray(offset + 8, end) };
    offset = end + 4;
  }
}

/** Checks `PLTE` against the header. */
function checkPalette({ colorType }: PngHeader, palette: Uint8Array | undefined): void {
  if (colorType === 3 && palette === undefined) throw broken('the PNG has palette indices but no palette');
  if (palette !== undefined && (palette.length % 3 !== 0 || palette.length === 0 || palette.length > 768))
    throw broken(`the PNG's palette has ${palette.length} bytes, which is not 1 to 256 colours`);
}

/**
 * Takes a PNG apart without decompressing anything.
 *
 * @throws DataError `IMAGE_FORMAT` when the bytes are no PNG, `IMAGE_BROKEN`, `IMAGE_TOO_LARGE`.
 */
export function readChunks(bytes: Uint8Array, maxPixels: number): PngChunks {
  checkSignature(bytes);
  let header: PngHeader | undefined;
  let palette: Uint8Array | undefined;
  let transparency: Uint8Array | undefined;
  const data: Uint8Array[] = [];
  for (const { type, content } of chunksOf(bytes)) {
    if (header === undefined) {
      if (type !== 'IHDR') throw broken(`the PNG starts with a chunk ${JSON.stringify(type)} instead of its header`);
      header = readHeader(new DataView(content.buffer, content.byteOffset, content.byteLength), maxPixels);
    } else if (type === 'PLTE') palette = content;
    else if (type === 'tRNS') transparency = content;
    else if (type === 'IDAT') data.push(content);
    else if (type !== 'IEND') throw broken(`the PNG has a chunk ${JSON.stringify(type)} that no reader knows`);
  }
  if (header === undefined || data.length === 0) throw broken('the PNG has no pixels');
  checkPalette(header, palette);
  return { header, palette, transparency, data };
}
