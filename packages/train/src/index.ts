export { moveStatistics, normalizeBatch, type BatchStatistics, type MovingOptions } from './batch-norm.ts';
export { atLabelSize } from './losses/at-label-size.ts';
export { crossEntropy, type CrossEntropyOptions, type Normalization } from './losses/cross-entropy.ts';
export { focal, focalOfMean, type FocalOfMeanOptions, type FocalOptions } from './losses/focal.ts';
export { hardPixelCrossEntropy, type HardPixelOptions } from './losses/hard-pixels.ts';
export type { LabelOptions, Loss } from './losses/loss.ts';
export { lovasz, type LovaszOptions } from './losses/lovasz.ts';
export { dice, jaccard, type DiceOptions, type OverlapOptions } from './losses/overlap.ts';
export {
  atLeast,
  cosine,
  held,
  poly,
  slowStart,
  stepwise,
  warmUp,
  type PolyOptions,
  type Schedule,
  type StepwiseOptions,
} from './schedules.ts';
