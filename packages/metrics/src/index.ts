export { classAccuracy, meanAccuracy, pixelAccuracy } from './accuracy.ts';
export { borderDistances } from './boundary/border-distances.ts';
export { boundaryF1, classBoundaryF1, type BoundarySums } from './boundary/boundary-f1.ts';
export {
  createBoundaryTally,
  type BoundaryTally,
  type BoundaryTallyOptions,
  type ScoreSum,
} from './boundary/boundary-tally.ts';
export {
  createTrimap,
  type Trimap,
  type TrimapAround,
  type TrimapBand,
  type TrimapOptions,
} from './boundary/trimap.ts';
export type { LabelPair, Labels } from './check-labels.ts';
export { createConfusionMatrix, type ConfusionMatrix, type ConfusionMatrixOptions } from './confusion-matrix.ts';
export { classIou, frequencyWeightedIou, meanIou, type AbsentClasses, type MeanIouOptions } from './iou.ts';
export type { Counts } from './totals.ts';
