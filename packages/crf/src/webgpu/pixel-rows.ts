import { GROUP } from './shaders/thread.ts';

/** How numbers of pixels lie in rows of whole vectors of 4 lanes. */
export interface PixelRows {
  readonly pixels: number;
  /** Numbers of a pixel that are meant. */
  readonly channels: number;
  /** Vectors of 4 in a row. */
  readonly vectors: number;
  /** Pixels whose rows one workgroup works on. */
  readonly pixelsPerGroup: number;
  /** Workgroups for all pixels. */
  readonly groups: number;
  /** Bytes of a row, and of all rows. */
  readonly rowBytes: number;
  readonly bytes: number;
}

/** @param channels at most 256. */
export function pixelRows(pixels: number, channels: number): PixelRows {
  const vectors = Math.ceil(channels / 4);
  const pixelsPerGroup = Math.floor(GROUP / vectors);
  const groups = Math.ceil(pixels / pixelsPerGroup);
  return { pixels, channels, vectors, pixelsPerGroup, groups, rowBytes: 16 * vectors, bytes: 16 * vectors * pixels };
}
