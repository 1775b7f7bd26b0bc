import { DataError } from '@atrous/core';
import type { Evaluation } from '../evaluate/evaluation.ts';
import { TrainingError } from './training-error.ts';

/** @throws TrainingError `LOSS_NOT_FINITE`. */
export function checkLoss(loss: number, gradientNorm: number | undefined, step: number): void {
  const [what, value] = Number.isFinite(loss) ? ['the gradients', gradientNorm ?? 0] : ['the loss', loss];
  if (Number.isFinite(value)) return;
  throw new TrainingError(`${what} became ${value} at step ${step}`, {
    code: 'LOSS_NOT_FINITE',
    hint: 'lower the learning rate, clip the gradients, or warm up; go on from the last checkpoint, which is from before',
  });
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
