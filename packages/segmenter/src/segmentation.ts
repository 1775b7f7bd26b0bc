import type { LabelMap } from '@atrous/core';
import type { LabelMask, OverlayOptions, RgbaImage } from '@atrous/data';
import type { LegendEntry } from './postprocess/legend.ts';

/** Milliseconds spent on each step. */
export interface Timings {
  /** Decoding, fitting, normalising. */
  readonly preprocess: number;
  /** The network, copies to and from its device included. */
  readonly run: number;
  /** Upsampling and labelling. */
  readonly postprocess: number;
  /** The CRF; only when asked for. */
  readonly crf?: number | undefined;
}

/** A segmented picture. */
export interface Segmentation {
  /** Of the source, in pixels, as is everything else here. */
  readonly width: number;
  readonly height: number;
  /** `[h, w]`, class ids; `Uint16Array` when there are more than 256 classes. */
  readonly labels: Uint8Array | Uint16Array;
  readonly labelMap: LabelMap;
  /** Classes that are in the picture, largest first. */
  readonly legend: readonly LegendEntry[];
  /** `[h, w]`, probability of each label, 0 … 1, the marginal after a CRF; only when asked for. */
  readonly confidence?: Float32Array | undefined;
  /** `[h, w, c]`, softmax of the upsampled logits, marginals after a CRF; only when asked for. */
  readonly probabilities?: Float32Array | undefined;
  readonly timings: Timings;
  /** The picture with the classes' colours over it. */
  overlay(options?: OverlayOptions): RgbaImage;
  /** The classes' colours alone. */
  colored(): RgbaImage;
  /** The labels as a mask that @atrous/data can write. */
  mask(): LabelMask;
}
