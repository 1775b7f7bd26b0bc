export { classAccuracy, meanAccuracy, pixelAccuracy } from './accuracy.ts';
export {
  createConfusionMatrix,
  type ConfusionMatrix,
  type ConfusionMatrixOptions,
  type Labels,
} from './confusion-matrix.ts';
export { classIou, frequencyWeightedIou, meanIou, type AbsentClasses, type MeanIouOptions } from './iou.ts';
export type { Counts } from './totals.ts';
