import { DataError } from '@atrous/core';
import { Unzlib } from 'fflate';

/** A byte of deflate holds at most 1,032 bytes (RFC 1951: 258 bytes per 2 bits). */
const largestExpansion = 1032;
/** Small enough that one step of a decompression bomb stays below 32 MiB. */
const stepBytes = 32_768;

const broken = (message: string, cause?: unknown): DataError =>
  new DataError(message, {
    code: 'IMAGE_BROKEN',
    hint: 'the file was probably cut off or damaged; get it again',
    cause,
  });

/**
 * Checks that zlib data holds exactly so many bytes, without keeping them, and stops at the first byte too many.
 *
 * @throws DataError `IMAGE_BROKEN` when it is shorter or longer, or no zlib data.
 */
export function checkCompressedSize(pieces: readonly Uint8Array[], size: number): void {
  const compressed = pieces.reduce((sum, { length }) => sum + length, 0);
  if (size > compressed * largestExpansion)
    throw broken(`the pixels need ${size} bytes, which ${compressed} compressed bytes cannot hold`);
  let filled = 0;
  const inflater = new Unzlib((part) => {
    filled += part.length;
    if (filled > size) throw broken(`the compressed pixels go on after the ${size} bytes the header asks for`);
  });
  try {
    for (const piece of pieces)
      for (let start = 0; start < piece.length; start += stepBytes)
        inflater.push(piece.subarray(start, start + stepBytes));
  } catch (cause) {
    if (cause instanceof DataError) throw cause;
    throw broken(`the pixels cannot be decompressed: ${(cause as Error).message}`, cause);
  }
  if (filled < size) throw broken(`the compressed pixels end after ${filled} of ${size} bytes`);
}
