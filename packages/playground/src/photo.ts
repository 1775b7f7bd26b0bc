import { DataError } from '@atrous/core';
import type { Picture } from './stage.ts';

/** A decoded photo. */
export interface Photo extends Picture {
  readonly image: ImageBitmap;
  readonly decodeMs: number;
}

/**
 * Decodes a photo, turned the way its EXIF orientation says.
 *
 * @throws DataError for files that are not pictures.
 */
export async function decodePhoto(file: Blob): Promise<Photo> {
  const start = performance.now();
  try {
    const image = await createImageBitmap(file);
    return { image, width: image.width, height: image.height, decodeMs: performance.now() - start };
  } catch (cause) {
    throw new DataError('this file is not a picture the browser can read', {
      code: 'IMAGE_FORMAT',
      hint: 'choose a JPEG, PNG, WebP, AVIF or GIF file',
      cause,
    });
  }
}
