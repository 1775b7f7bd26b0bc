import { mean, totalsOf, type ClassTotals, type Counts } from './totals.ts';

/**
 * What becomes of classes that are absent. On a whole benchmark no class is, and all give the same number; on part of one they differ
 * widely, so state which was used.
 *
 * - `exclude-both`: a class in neither truth nor prediction is left out; one that is only predicted counts as 0. As TensorFlow's
 *   `mean_iou`, mmsegmentation and most of PyTorch.
 * - `exclude-truth`: a class that is not in the truth is left out, even when predicted. As kazuto1011's DeepLab in PyTorch.
 * - `zero`: every absent class counts as 0. As bubbliiiing's networks.
 */
export type AbsentClasses = 'exclude-both' | 'exclude-truth' | 'zero';

const iouOf = ({ correct, truth, predicted }: ClassTotals): number | null => {
  const union = truth + predicted - correct;
  return union === 0 ? null : correct / union;
};

/**
 * Intersection over union of each class, 0 … 1; `null` for classes in neither truth nor prediction.
 *
 * @see Everingham et al. 2015, "The PASCAL Visual Object Classes Challenge: A Retrospective", §2.4
 */
export const classIou = (matrix: Counts): readonly (number | null)[] => totalsOf(matrix).map(iouOf);

/** Options of {@link meanIou}. */
export interface MeanIouOptions {
  /** `exclude-both` by default. */
  readonly absent?: AbsentClasses | undefined;
}

/**
 * Mean of {@link classIou} over classes, 0 … 1: the mIoU of papers. `null` when no class is left to average.
 */
export function meanIou(matrix: Counts, options: MeanIouOptions = {}): number | null {
  const { absent = 'exclude-both' } = options;
  const totals = totalsOf(matrix);
  switch (absent) {
    case 'exclude-both':
      return mean(totals.map(iouOf).filter((iou) => iou !== null));
    case 'exclude-truth':
      return mean(totals.filter(({ truth }) => truth > 0).map((total) => iouOf(total) ?? 0));
    case 'zero':
      return mean(totals.map((total) => iouOf(total) ?? 0));
    default:
      return absent satisfies never;
  }
}

/** Mean of {@link classIou} weighted by each class's share of the truth, 0 … 1; `null` when no pixel was counted. */
export function frequencyWeightedIou(matrix: Counts): number | null {
  const totals = totalsOf(matrix);
  const pixels = totals.reduce((sum, { truth }) => sum + truth, 0);
  if (pixels === 0) return null;
  return totals.reduce((sum, total) => sum + (total.truth / pixels) * (iouOf(total) ?? 0), 0);
}
