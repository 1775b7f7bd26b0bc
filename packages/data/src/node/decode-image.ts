import { DataError, UnsupportedError, type AtrousError } from '@atrous/core';
import { defaultMaxPixels } from '../png/header.ts';
import type { RgbaImage } from '../rgba-image.ts';
import { loadSharp } from './load-sharp.ts';
import { readBytes } from './read-bytes.ts';

/** Options of {@link decodeImage}. */
export interface DecodeImageOptions {
  /** Checked before and after each step; a decoder that runs is not interrupted. */
  readonly signal?: AbortSignal | undefined;
  /** Most pixels the image may have, 100 million by default. Larger ones are refused before memory is taken. */
  readonly maxPixels?: number | undefined;
}

const known: readonly (readonly [format: string, start: string])[] = [
  ['JPEG', '\xff\xd8'],
  ['PNG', '\x89PN'],
  ['GIF', 'GIF8'],
  ['WebP', 'RIFF'],
  ['TIFF', 'II*\0'],
  ['TIFF', 'MM\0*'],
];

function formatOf(bytes: Uint8Array): string | undefined {
  const start = String.fromCharCode(...bytes.subarray(0, 12));
  if (/^....ftyphe[iv]/s.test(start)) return 'HEIC';
  if (/^....ftypavi/s.test(start)) return 'AVIF';
  return known.find(([, magic]) => start.startsWith(magic))?.[0];
}

/** What the decoder's words mean for the person who has the file. */
function explain(name: string, bytes: Uint8Array, cause: unknown): AtrousError {
  const message = (cause as Error).message.trim().split('\n')[0]!;
  if (message.includes('pixel limit') || message.includes('too large'))
    return new DataError(`${name} is too large: ${message}`, {
      code: 'IMAGE_TOO_LARGE',
      hint: 'shrink the image, or raise maxPixels if its origin is trusted',
      cause,
    });
  const format = formatOf(bytes);
  if (format === 'HEIC')
    return new UnsupportedError(
      `${name} is HEIC, as phones take it, which this build of sharp cannot decode: ${message}`,
      {
        code: 'IMAGE_UNSUPPORTED',
        hint: 'convert it to JPEG',
        cause,
      },
    );
  if (format === undefined && message.includes('unsupported image format'))
    return new DataError(`${name} is no image of a known format`, {
      code: 'IMAGE_FORMAT',
      hint: 'JPEG, PNG, WebP, GIF, AVIF, TIFF and SVG are read',
      cause,
    });
  return new DataError(`${name} is a broken ${format ?? 'image'}: ${message}`, {
    code: 'IMAGE_BROKEN',
    hint: 'the file was probably cut off or damaged; get it again',
    cause,
  });
}

/**
 * Decodes a picture to sRGB as people see it: turned as its EXIF orientation says, its colour profile applied, 16 bits reduced to 8,
 * transparent parts on white (alpha is 255 everywhere). Of an animation, the first frame.
 *
 * Pixels of a JPEG without a profile are those of libjpeg, as Pillow and OpenCV give them.
 *
 * @param source path, or the bytes of a file: JPEG, PNG, WebP, GIF, AVIF, TIFF, SVG.
 * @throws DataError `IMAGE_FILE`, `IMAGE_FORMAT`, `IMAGE_BROKEN` (also when the file ends early), `IMAGE_TOO_LARGE`;
 *   UnsupportedError `SHARP_MISSING` when the optional package `sharp` is absent, `IMAGE_UNSUPPORTED` for HEIC; the signal's reason when aborted.
 */
export async function decodeImage(source: string | Uint8Array, options: DecodeImageOptions = {}): Promise<RgbaImage> {
  const { signal, maxPixels = defaultMaxPixels } = options;
  signal?.throwIfAborted();
  const sharp = await loadSharp();
  const name = typeof source === 'string' ? source : 'the image';
  const bytes = typeof source === 'string' ? await readBytes(source, signal) : source;
  signal?.throwIfAborted();
  if (bytes.length === 0) throw new DataError(`${name} is empty`, { code: 'IMAGE_BROKEN' });
  try {
    const { data, info } = await sharp(bytes, { failOn: 'warning', limitInputPixels: maxPixels })
      .autoOrient()
      .flatten({ background: '#ffffff' })
      .toColourspace('srgb')
      .ensureAlpha()
      .raw({ depth: 'uchar' })
      .toBuffer({ resolveWithObject: true });
    signal?.throwIfAborted();
    return {
      width: info.width,
      height: info.height,
      data: new Uint8ClampedArray(data.buffer, data.byteOffset, data.length),
    };
  } catch (cause) {
    signal?.throwIfAborted();
    throw explain(name, bytes, cause);
  }
}
