import { ShapeError } from '@atrous/core';
import { checkNumClasses, checkPair, type LabelPair } from '../check-labels.ts';
import { mean } from '../totals.ts';
import { contours, discOf, matchContours } from './contours.ts';
import { fillVoid } from './fill-void.ts';

/** Options of {@link createBoundaryTally}. */
export interface BoundaryTallyOptions {
  /** Truth of pixels that do not count, for example 255 in VOC. */
  readonly ignoreLabel?: number | undefined;
  /** How far apart contours may be, as a share of the image's diagonal; 0.0075 by default. */
  readonly tolerance?: number | undefined;
}

/** Sums of scores of images. */
export interface ScoreSum {
  readonly sum: number;
  /** Images that have a score. */
  readonly images: number;
}

/** Boundary F1 of every image that was added. */
export interface BoundaryTally {
  readonly numClasses: number;
  readonly ignoreLabel: number | undefined;
  readonly tolerance: number;
  /** Of each class, over the images whose truth or prediction has a contour of it. */
  readonly classes: readonly ScoreSum[];
  /** Of the images' means over their classes. */
  readonly overall: ScoreSum;
  /**
   * Scores an image.
   *
   * @throws ShapeError when truth and prediction differ in length or make no rows of `width`.
   * @throws DataError `CLASS_UNKNOWN` when a label is no class. Nothing of the image is counted then.
   */
  add(pair: LabelPair): void;
  /**
   * Adds the scores of another tally, for example of another worker.
   *
   * @throws ShapeError when it has another number of classes, ignore label or tolerance.
   */
  merge(other: Omit<BoundaryTally, 'add' | 'merge'>): void;
}

/** F1 of each class's contours; `null` for classes without. */
function scoreImage(pair: LabelPair, numClasses: number, tolerance: number): readonly (number | null)[] {
  const { width } = pair;
  const disc = discOf(tolerance * Math.hypot(width, pair.truth.length / width));
  const [truth, predicted] = [contours(pair.truth, width), contours(pair.predicted, width)];
  const precision = matchContours(predicted, truth, { numClasses, width, disc });
  const recall = matchContours(truth, predicted, { numClasses, width, disc });
  return Array.from({ length: numClasses }, (_, id) => {
    const [ofPredicted, ofTruth] = [precision.all[id]!, recall.all[id]!];
    if (ofPredicted === 0 && ofTruth === 0) return null;
    if (precision.matched[id] === 0 || recall.matched[id] === 0) return 0;
    const [p, r] = [precision.matched[id]! / ofPredicted, recall.matched[id]! / ofTruth];
    return (2 * p * r) / (p + r);
  });
}

const plus = (to: ScoreSum, { sum, images }: ScoreSum): ScoreSum => ({ sum: to.sum + sum, images: to.images + images });

const asSum = (score: number | null): ScoreSum => (score === null ? { sum: 0, images: 0 } : { sum: score, images: 1 });

const nameOf = ({ numClasses, ignoreLabel, tolerance }: Omit<BoundaryTally, 'add' | 'merge'>): string =>
  `${numClasses} classes, ignoring ${ignoreLabel ?? 'nothing'}, of tolerance ${tolerance}`;

/**
 * An empty tally of boundary F1: whether contours lie where they should, whatever the areas between them. Of each image and class,
 * precision is the share of the prediction's contour that is nearer than the tolerance to the truth's contour of the class, recall the
 * other way round. A contour is the pixels of a class that touch another one above, below, left or right.
 *
 * Void gets the nearest pixel's label in truth and prediction alike, so that contours run through its middle and what is predicted there
 * makes no difference. A class with a contour in only one of truth and prediction scores 0, one in neither has no score.
 *
 * @throws ShapeError when the number of classes is not 1 … 65,536, or the tolerance not in 0 … 1.
 * @see Csurka, Larlus and Perronnin 2013, "What is a good evaluation measure for semantic segmentation?", §2.3
 */
export function createBoundaryTally(numClasses: number, options: BoundaryTallyOptions = {}): BoundaryTally {
  checkNumClasses('a boundary tally', numClasses);
  const { ignoreLabel, tolerance = 0.0075 } = options;
  if (!(tolerance > 0 && tolerance <= 1))
    throw new ShapeError(`the tolerance is a share of the diagonal, 0 … 1, got ${tolerance}`, {
      hint: '0.0075 is the usual one',
    });
  let classes: readonly ScoreSum[] = Array.from({ length: numClasses }, () => asSum(null));
  let overall = asSum(null);
  const count = (of: readonly ScoreSum[], all: ScoreSum): void => {
    classes = classes.map((sum, id) => plus(sum, of[id]!));
    overall = plus(overall, all);
  };
  const tally: BoundaryTally = {
    numClasses,
    ignoreLabel,
    tolerance,
    get classes() {
      return classes;
    },
    get overall() {
      return overall;
    },
    add(pair) {
      checkPair(pair, numClasses, ignoreLabel);
      const filled = fillVoid(pair, ignoreLabel);
      if (filled === undefined) return;
      const scores = scoreImage(filled, numClasses, tolerance);
      count(scores.map(asSum), asSum(mean(scores.filter((score) => score !== null))));
    },
    merge(other) {
      if (nameOf(other) !== nameOf(tally))
        throw new ShapeError(`a tally of ${nameOf(other)} cannot be merged into one of ${nameOf(tally)}`);
      count(other.classes, other.overall);
    },
  };
  return tally;
}
