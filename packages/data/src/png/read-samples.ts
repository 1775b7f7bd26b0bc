import { DataError, UnsupportedError } from '@atrous/core';
import { decode } from 'fast-png';
import { checkCompressedSize } from './check-compressed-size.ts';
import { pixelBytes, type PngHeader } from './header.ts';
import { readChunks, type PngChunks } from './read-chunks.ts';

/** Pixels of a PNG as the file has them: not scaled, no palette applied. */
export interface PngSamples extends Omit<PngChunks, 'data'> {
  /** `[height, width, channels]`, each of `header.depth` bits. */
  readonly samples: Uint8Array | Uint16Array;
}

function decodeWhole(bytes: Uint8Array): Uint8Array | Uint16Array {
  try {
    const { data } = decode(bytes, { checkCrc: true });
    return data instanceof Uint8ClampedArray ? Uint8Array.from(data) : data;
  } catch (cause) {
    throw new DataError(`the PNG is broken: ${(cause as Error).message}`, {
      code: 'IMAGE_BROKEN',
      hint: 'the file was probably cut off or damaged; get it again',
      cause,
    });
  }
}

/** Rows of samples below 8 bits start at a byte each, most significant bits first. */
function unpack(packed: Uint8Array | Uint16Array, { width, height, depth }: PngHeader): Uint8Array {
  const samples = new Uint8Array(width * height);
  const stride = Math.ceil((width * depth) / 8);
  const mask = (1 << depth) - 1;
  for (let y = 0, to = 0; y < height; y++)
    for (let x = 0; x < width; x++, to++)
      samples[to] = (packed[y * stride + ((x * depth) >> 3)]! >> (8 - depth - ((x * depth) & 7))) & mask;
  return samples;
}

/**
 * Reads the samples of a PNG of any colour type and depth.
 *
 * The decoder fills what is missing with zeros and takes memory for whatever there is, so the size of the pixels is checked before.
 *
 * @throws DataError as {@link readChunks} and when the pixels do not decompress to exactly what the header says.
 * @throws UnsupportedError `IMAGE_UNSUPPORTED` when an interlaced image has less than 8 bits.
 */
export function readSamples(bytes: Uint8Array, maxPixels: number): PngSamples {
  const { header, palette, transparency, data } = readChunks(bytes, maxPixels);
  const { depth, isInterlaced } = header;
  if (isInterlaced && depth < 8)
    throw new UnsupportedError(`the PNG is interlaced with ${depth} bits per sample`, {
      code: 'IMAGE_UNSUPPORTED',
      hint: 'save it without interlacing, or with 8 bits',
    });
  checkCompressedSize(data, pixelBytes(header));
  const decoded = decodeWhole(bytes);
  return { header, palette, transparency, samples: depth < 8 ? unpack(decoded, header) : decoded };
}
