import { DataError, UnsupportedError } from '@atrous/core';
import type { RgbaImage } from '@atrous/data';
import { draw } from './draw.ts';

/** Decodes an image file. */
export type Decode = (file: Blob | Uint8Array, signal?: AbortSignal) => Promise<RgbaImage>;

/** Decodes an image file as browsers do: turned upright, in sRGB. */
export const decodeWithBitmap: Decode = async (file) => {
  if (typeof createImageBitmap !== 'function')
    throw new UnsupportedError('image files cannot be decoded here: there is no createImageBitmap', {
      code: 'NO_DECODER',
      hint: 'import `createSegmenter` from @atrous/segmenter/node, or decode the file first',
    });
  const blob = file instanceof Uint8Array ? new Blob([file as Uint8Array<ArrayBuffer>]) : file;
  let bitmap: ImageBitmap;
  try {
    bitmap = await createImageBitmap(blob, {
      imageOrientation: 'from-image',
      premultiplyAlpha: 'none',
      colorSpaceConversion: 'default',
    });
  } catch (cause) {
    throw new DataError(`${blob.size} bytes ${blob.type && `of ${blob.type} `}are no image that this browser reads`, {
      code: 'SOURCE_DECODE',
      hint: 'give a PNG, JPEG or WebP file',
      cause,
    });
  }
  try {
    return draw({ what: 'image file', picture: bitmap, width: bitmap.width, height: bitmap.height });
  } finally {
    bitmap.close();
  }
};
