import { checkWeights, DataError, type Graph, type Weights } from '@atrous/core';
import type { Evaluation } from '../evaluate/evaluation.ts';
import { TrainingError } from './training-error.ts';

const diverged = (what: string, step: number, code: string, cause?: unknown): TrainingError =>
  new TrainingError(`${what} at step ${step}`, {
    code,
    hint: 'lower the learning rate, clip the gradients, or warm up; a new run can begin with the weights of the last checkpoint, which is from before',
    cause,
  });

/** @throws TrainingError `LOSS_NOT_FINITE`. */
export function checkLoss(loss: number, gradientNorm: number | undefined, step: number): void {
  const [what, value] = Number.isFinite(loss) ? ['the gradients', gradientNorm ?? 0] : ['the loss', loss];
  if (!Number.isFinite(value)) throw diverged(`${what} became ${value}`, step, 'LOSS_NOT_FINITE');
}

/** @throws TrainingError `WEIGHTS_NOT_FINITE`. */
export function checkTrained(graph: Graph, weights: Weights, step: number): void {
  try {
    checkWeights(graph, weights);
  } catch (cause) {
    throw diverged(`the weights are broken: ${(cause as Error).message}`, step, 'WEIGHTS_NOT_FINITE', cause);
  }
}

/** @throws TrainingError `CONSTANT_PREDICTION` when every pixel gets the same class though there are several. */
export function checkPredictions({ predicted, truth }: Evaluation, step: number): void {
  if (predicted.length !== 1 || truth.length < 2) return;
  throw new TrainingError(`after ${step} steps the network gives class ${predicted[0]} to every pixel`, {
    code: 'CONSTANT_PREDICTION',
    hint: 'raise or lower the learning rate, start from pretrained weights, weigh the classes, and look at a batch: do the masks fit the images?',
  });
}

/** Batches in a row in which nothing is labelled before a run is stopped. */
const PATIENCE = 20;

/** Counts batches in which nothing is labelled. */
export function createLabelWatch(): (counted: number) => void {
  let without = 0;
  return (counted) => {
    without = counted > 0 ? 0 : without + 1;
    if (without < PATIENCE) return;
    throw new DataError(`the last ${PATIENCE} batches have no labelled pixel: all have the ignore label`, {
      code: 'NOTHING_LABELLED',
      hint: 'check with `atrous doctor` which values the masks have, and which one is ignored',
    });
  };
}
