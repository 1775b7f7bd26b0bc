import type { RgbaImage } from '@atrous/data';

/** An opened source: opaque red, green and blue, 0 … 255. */
export interface Pixels {
  readonly width: number;
  readonly height: number;
  /** Writes a row as `[width, 3]`. */
  readRow(y: number, into: Float32Array): void;
  /** The whole picture, for drawing on. */
  image(): RgbaImage;
}
