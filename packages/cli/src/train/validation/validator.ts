import type { LabelMap, LongRunningOptions, OpDefinition, Runtime, Weights } from '@atrous/core';
import type { Dataset } from '@atrous/data';
import { classIou, meanIou, pixelAccuracy, type ConfusionMatrix } from '@atrous/metrics';
import { createSegmenter } from '@atrous/segmenter/node';
import type { Evaluation } from '@atrous/train';
import type { Bundle } from '@atrous/weights';
import { scoreSamples } from '../../evaluate/score-samples.ts';
import { scoresOf, type Scores } from '../../evaluate/scores.ts';

/** What a validation needs. */
export interface ValidatorOptions {
  readonly samples: Dataset['samples'];
  readonly runtime: Runtime;
  readonly ops: readonly OpDefinition[];
  /** The bundle that a run with these weights would write. */
  readonly bundleOf: (weights: Weights) => Bundle;
}

/** Scores of one set of weights, as the training loop and as people want them. */
export interface Validation {
  readonly evaluation: Evaluation;
  readonly scores: Scores;
}

/** Classes whose row or column of the matrix is not empty. */
function occurring({ numClasses, counts }: ConfusionMatrix, indexOf: (id: number, other: number) => number) {
  const ids = Array.from({ length: numClasses }, (_, id) => id);
  return ids.filter((id) => ids.some((other) => (counts[indexOf(id, other)] ?? 0) > 0));
}

function evaluationOf(matrix: ConfusionMatrix): Evaluation {
  const { numClasses } = matrix;
  return {
    meanIou: meanIou(matrix) ?? 0,
    pixelAccuracy: pixelAccuracy(matrix) ?? 0,
    classIou: classIou(matrix),
    truth: occurring(matrix, (id, other) => id * numClasses + other),
    predicted: occurring(matrix, (id, other) => other * numClasses + id),
  };
}

/**
 * Scores weights just as `atrous evaluate` scores the bundle that is made of them: the same preparation of pictures, the same network.
 */
export async function validate(
  weights: Weights,
  { samples, runtime, ops, bundleOf }: ValidatorOptions,
  options: LongRunningOptions = {},
): Promise<Validation> {
  const bundle = bundleOf(weights);
  const labels: LabelMap = bundle.labels;
  using segmenter = await createSegmenter({ bundle, runtime, ops, signal: options.signal });
  const matrix = await scoreSamples(segmenter, samples, options);
  return { evaluation: evaluationOf(matrix), scores: scoresOf(matrix, labels) };
}
