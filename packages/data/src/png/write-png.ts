import { encode, type ImageData } from 'fast-png';

/** Puts a PNG together at zlib's usual level, which pays: what is written once is read and sent often. */
export const writePng = (image: ImageData): Uint8Array<ArrayBuffer> =>
  // the encoder returns a view of a larger buffer
  encode(image, { zlib: { level: 6 } }).slice();
