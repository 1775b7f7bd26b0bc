import type { Color } from '../rgba-image.ts';

/** A class id per pixel, `[height, width]`. */
export interface LabelMask {
  readonly width: number;
  readonly height: number;
  /** `width · height` class ids, row by row. */
  readonly data: Uint8Array | Uint16Array;
  /** Colours of the ids in the file the mask came from; an index PNG has them. */
  readonly palette?: readonly Color[] | undefined;
}
