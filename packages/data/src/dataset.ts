import type { LabelMap } from '@atrous/core';
import type { LabelMask } from './mask/label-mask.ts';
import type { RgbaImage } from './rgba-image.ts';

/** A picture and the truth about it. */
export interface LabelledImage {
  readonly image: RgbaImage;
  /** Of the picture's size. */
  readonly mask: LabelMask;
}

/** An image of a data set and its mask, not yet read. */
export interface DatasetSample {
  /** Tells it from the others of its data set, for example `2007_000032`. */
  readonly id: string;
  /** Reads or draws both. */
  open(options?: { readonly signal?: AbortSignal | undefined }): Promise<LabelledImage>;
}

/** Images with masks, and what the masks' values mean. */
export interface Dataset {
  readonly labels: LabelMap;
  readonly samples: readonly DatasetSample[];
}
