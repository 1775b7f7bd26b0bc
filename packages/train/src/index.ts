export { moveStatistics, normalizeBatch, type BatchStatistics, type MovingOptions } from './batch-norm.ts';
export { blockOutputs } from './block-outputs.ts';
export { decodeCheckpoint, encodeCheckpoint } from './checkpoint/encode-checkpoint.ts';
export type { EvaluationRecord, TrainingCheckpoint } from './checkpoint/training-checkpoint.ts';
export { trainCrf } from './crf/train-crf.ts';
export type {
  CrfExample,
  CrfExampleSource,
  LearntKernel,
  TrainCrfOptions,
  TrainCrfResult,
} from './crf/train-crf-options.ts';
export { createEvaluator, type EvaluationSource, type EvaluatorOptions } from './evaluate/create-evaluator.ts';
export type { Evaluation, Evaluator } from './evaluate/evaluation.ts';
export { classifiersOf } from './initial/classifiers.ts';
export { initialWeights, type InitialWeightsOptions } from './initial/initial-weights.ts';
export { transferWeights, type TransferredWeights } from './initial/transfer-weights.ts';
export { withClasses } from './initial/with-classes.ts';
export type { Batch, BatchSource } from './loop/batch-source.ts';
export { train } from './loop/train.ts';
export type { BatchNormOptions, StepReport, TrainOptions, TrainResult } from './loop/train-options.ts';
export { TrainingError } from './loop/training-error.ts';
export { atLabelSize } from './losses/at-label-size.ts';
export { atLogitsSize, type LabelSampling } from './losses/at-logits-size.ts';
export { crossEntropy, type CrossEntropyOptions, type Normalization } from './losses/cross-entropy.ts';
export { focal, focalOfMean, type FocalOfMeanOptions, type FocalOptions } from './losses/focal.ts';
export { hardPixelCrossEntropy, type HardPixelOptions } from './losses/hard-pixels.ts';
export type { LossTerm, LossTerms } from './losses/loss-terms.ts';
export type { LabelOptions, Loss } from './losses/loss.ts';
export { lovasz, type LovaszOptions } from './losses/lovasz.ts';
export { dice, jaccard, type DiceOptions, type OverlapOptions } from './losses/overlap.ts';
export { adamW, type AdamWOptions } from './optimizers/adam-w.ts';
export type { Optimizer, ParameterStep, SteppedParameter } from './optimizers/optimizer.ts';
export type { DecayedParameters, ParameterGroup } from './optimizers/parameter-groups.ts';
export { sgd, type SgdOptions } from './optimizers/sgd.ts';
export { trainedParameters, type TrainedParameter } from './parameters.ts';
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
