import { ShapeError } from '@atrous/core';
import { checkNumClasses, checkPair, type LabelPair, type Labels } from '../check-labels.ts';
import type { Counts } from '../totals.ts';
import { borderDistances } from './border-distances.ts';
import { maskOf } from './mask-of.ts';

/**
 * What a trimap lies around.
 *
 * - `labels`: wherever the truth changes its label, with void as a label of its own. Works for every data set.
 * - `void`: pixels of the ignore label, which in VOC surround each object. As DeepLab's papers say it.
 */
export type TrimapAround = 'labels' | 'void';

/** Options of {@link createTrimap}. */
export interface TrimapOptions {
  /** Widths of the bands in pixels on each side, positive, in any order. */
  readonly widths: readonly number[];
  /** Truth of pixels that do not count, for example 255 in VOC. */
  readonly ignoreLabel?: number | undefined;
  /** `labels` by default. */
  readonly around?: TrimapAround | undefined;
}

/** The pixels within `width` of the boundaries. */
export interface TrimapBand {
  /** In pixels. */
  readonly width: number;
  /** To score with `meanIou`, `pixelAccuracy` … */
  readonly matrix: Counts;
}

/** Confusion matrices of bands around the truth's boundaries, over everything that was added. */
export interface Trimap {
  readonly numClasses: number;
  readonly ignoreLabel: number | undefined;
  readonly around: TrimapAround;
  /** Ascending, each once. */
  readonly widths: readonly number[];
  /** Of each width, the counts of pixels that no narrower band has: `[truth, prediction]`, row-major. */
  readonly rings: readonly Float64Array[];
  /**
   * Counts the pixels of an image that lie in a band. Void pixels never count.
   *
   * @throws ShapeError when truth and prediction differ in length or make no rows of `width`.
   * @throws DataError `CLASS_UNKNOWN` when a label is no class. Nothing of the image is counted then.
   */
  add(pair: LabelPair): void;
  /**
   * Adds the counts of another trimap, for example of another worker.
   *
   * @throws ShapeError when its classes, widths or borders are others.
   */
  merge(other: Omit<Trimap, 'add' | 'merge' | 'bands'>): void;
  /** The counts so far, narrowest band first; each band holds those before it. */
  bands(): readonly TrimapBand[];
}

function checkWidths(widths: readonly number[]): readonly number[] {
  const wrong = widths.find((width) => !(width > 0 && width < Infinity));
  if (wrong !== undefined || widths.length === 0)
    throw new ShapeError(`a trimap has bands of positive widths, got ${wrong ?? 'none'}`, {
      hint: 'give widths in pixels, for example [1, 2, 5, 10, 20, 40]',
    });
  return [...new Set(widths)].toSorted((a, b) => a - b);
}

/** Index of the narrowest band that reaches as far, or -1. */
const ringOf = (widths: readonly number[], distance: number): number => widths.findIndex((width) => distance <= width);

/** What the image is divided into: its labels, or void and the rest. */
const areasOf = (truth: Labels, ignoreLabel: number | undefined, around: TrimapAround): Labels =>
  around === 'labels' ? truth : maskOf(truth, ignoreLabel);

/** What two trimaps must share to be added. */
const nameOf = ({ numClasses, ignoreLabel, around, widths }: Omit<Trimap, 'add' | 'merge' | 'bands'>): string =>
  `${numClasses} classes, ignoring ${ignoreLabel ?? 'nothing'}, around ${around}, of widths ${widths.join(', ')}`;

/** Sums of the rings up to each, as bands. */
function bandsOf(widths: readonly number[], rings: readonly Float64Array[], numClasses: number): TrimapBand[] {
  const sum = new Float64Array(numClasses * numClasses);
  return widths.map((width, index) => {
    for (let i = 0; i < sum.length; i++) sum[i]! += rings[index]![i]!;
    return { width, matrix: { numClasses, counts: sum.slice() } };
  });
}

/**
 * An empty trimap: how good labels are near boundaries, as a function of how near. Add every image of a data set, then score the bands.
 *
 * A pixel is in the band of width w when a pixel of another label of the truth (or of void) is at most w away, by exact Euclidean
 * distance between pixel centres: the band of width 1 is one pixel wide on each side of a straight border. The image's edge is no border.
 *
 * @throws ShapeError when the number of classes is not 1 … 65,536, a width is not positive, or there is no void to go around.
 * @see Krähenbühl and Koltun 2011, "Efficient Inference in Fully Connected CRFs with Gaussian Edge Potentials", §5
 * @see Chen et al. 2018, "DeepLab", arXiv:1606.00915, §4.1.2
 */
export function createTrimap(numClasses: number, options: TrimapOptions): Trimap {
  checkNumClasses('a trimap', numClasses);
  const { ignoreLabel, around = 'labels' } = options;
  if (around === 'void' && ignoreLabel === undefined)
    throw new ShapeError('a trimap around void needs an ignore label', {
      hint: "pass ignoreLabel, or around: 'labels'",
    });
  const widths = checkWidths(options.widths);
  const rings = widths.map(() => new Float64Array(numClasses * numClasses));
  const trimap: Trimap = {
    numClasses,
    ignoreLabel,
    around,
    widths,
    rings,
    add(pair) {
      checkPair(pair, numClasses, ignoreLabel);
      const { truth, predicted, width } = pair;
      const distances = borderDistances(areasOf(truth, ignoreLabel, around), width);
      for (let pixel = 0; pixel < truth.length; pixel++) {
        const ring = truth[pixel] === ignoreLabel ? -1 : ringOf(widths, distances[pixel]!);
        if (ring >= 0) rings[ring]![truth[pixel]! * numClasses + predicted[pixel]!]! += 1;
      }
    },
    merge(other) {
      if (nameOf(other) !== nameOf(trimap))
        throw new ShapeError(`a trimap of ${nameOf(other)} cannot be merged into one of ${nameOf(trimap)}`);
      for (const [index, ring] of rings.entries())
        for (let i = 0; i < ring.length; i++) ring[i]! += other.rings[index]![i]!;
    },
    bands: () => bandsOf(widths, rings, numClasses),
  };
  return trimap;
}
