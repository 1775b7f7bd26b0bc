import type { CornerRule, Pair } from './ops.ts';

type Triple = readonly [number, number, number];

/** How an image of any size becomes the network's input. */
export type Fit =
  /** Pasted at the top left of a canvas of this height and width, filled with `value` (0 … 255); larger images are shrunk to fit first. */
  | { readonly mode: 'pad'; readonly size: Pair; readonly value: number }
  /** Resized to this height and width, whatever its shape. */
  | { readonly mode: 'stretch'; readonly size: Pair }
  /** Each side is brought to a multiple of `of`, plus `plus`; the longer side is at most `maxSide` pixels. */
  | { readonly mode: 'multiple'; readonly of: number; readonly plus: 0 | 1; readonly maxSide?: number | undefined };

/** What happens to an image before the network, and to its logits after it. */
export interface Preprocessing {
  readonly channelOrder: 'rgb' | 'bgr';
  /** In `channelOrder`. The network sees `(value − mean) / std` of values 0 … 255. */
  readonly mean: Triple;
  /** In `channelOrder`; none is 0. */
  readonly std: Triple;
  readonly fit: Fit;
  /**
   * Pixels mirrored around what `fit` makes, on each of the four sides, for networks that do not pad: 186 for Yu and Koltun's. The logits
   * then cover what lies within. The outermost pixel is not repeated; a border longer than the image is mirrored again and again.
   * Without it, a network whose logits cover less than the image is refused; 0 says that they are meant to be stretched over it.
   */
  readonly border?: number | undefined;
  /** Logits to the size of the network's input, without its border. */
  readonly upsample: CornerRule;
  /** That size to the image's own. */
  readonly enlarge: 'bilinear' | 'nearest';
}
