import type { BoundaryTally, ScoreSum } from './boundary-tally.ts';

const meanOf = ({ sum, images }: ScoreSum): number | null => (images === 0 ? null : sum / images);

/** The part of a tally that scores are computed from, so that one read from JSON can be scored too. */
export type BoundarySums = Pick<BoundaryTally, 'classes' | 'overall'>;

/**
 * Boundary F1, 0 … 1: the mean over images of each image's mean over its classes. `null` when no image had a contour.
 *
 * @see Csurka, Larlus and Perronnin 2013, "What is a good evaluation measure for semantic segmentation?", §2.3
 */
export const boundaryF1 = ({ overall }: BoundarySums): number | null => meanOf(overall);

/** Boundary F1 of each class, 0 … 1: the mean over the images where truth or prediction has a contour of it; `null` when none has. */
export const classBoundaryF1 = ({ classes }: BoundarySums): readonly (number | null)[] => classes.map(meanOf);
