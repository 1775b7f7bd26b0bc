import { DataError, ShapeError, type LabelMap } from '@atrous/core';
import { countLabelled } from '../loop/check-batch.ts';
import { numbersOf } from './crf-weights.ts';
import type { CrfExample, TrainCrfOptions } from './train-crf-options.ts';

function checkExample({ image, unary, labels }: CrfExample, classes: number): void {
  const pixels = image.width * image.height;
  for (const [what, length, expected] of [
    ['class ids', labels.length, pixels],
    ['energies', unary.length, pixels * classes],
  ] as const)
    if (length !== expected)
      throw new ShapeError(
        `an example of ${image.width}×${image.height} pixels and ${classes} classes has ${length} ${what}, expected ${expected}`,
        { code: 'EXAMPLE_SIZE', hint: 'bring picture, energies and labels to one size' },
      );
  const channels = image.data.length / pixels;
  if (channels !== 3 && channels !== 4)
    throw new ShapeError(`a picture of ${image.width}×${image.height} pixels has ${image.data.length} bytes`, {
      code: 'EXAMPLE_SIZE',
      hint: 'three or four bytes a pixel: red, green, blue and perhaps alpha',
    });
  if (!unary.every(Number.isFinite))
    throw new DataError('an example has energies that are not finite', {
      code: 'NOT_FINITE',
      hint: 'make them with `energiesFromProbabilities`, which keeps probabilities at least 1e-5',
    });
}

/**
 * Makes sure that weights can be learnt from examples.
 *
 * @returns number of pixels that count.
 * @throws ShapeError for sizes that disagree, DataError `DATASET_EMPTY`, `NOT_FINITE`, `CLASS_UNKNOWN`.
 */
export function checkExamples(examples: readonly CrfExample[], labels: LabelMap): number {
  if (examples.length === 0)
    throw new DataError('a step has no examples', { code: 'DATASET_EMPTY', hint: 'give each step one or more' });
  let counted = 0;
  for (const example of examples) {
    checkExample(example, labels.classes.length);
    counted += countLabelled(example.labels, labels);
  }
  return counted;
}

/** @throws ShapeError for counts below 1, standard deviations that are not positive, and weights of another number of labels. */
export function checkTrainCrf({ steps, iterations = 5, kernels, examples }: TrainCrfOptions): void {
  for (const [name, count] of Object.entries({ steps, iterations, kernels: kernels.length }))
    if (!Number.isInteger(count) || count < 1)
      throw new ShapeError(`${name} must be whole and at least 1, got ${count}`, { code: 'OPTION' });
  const classes = examples.labels.classes.length;
  for (const kernel of kernels) {
    const stds = [kernel.xyStd, kernel.kind === 'bilateral' ? kernel.rgbStd : 1].flat();
    if (!stds.every((std) => std > 0 && std < Infinity))
      throw new ShapeError(`a standard deviation of ${stds.join(', ')}; it must be greater than 0`, { code: 'OPTION' });
    const { numbers, shape } = numbersOf(kernel.weight, classes);
    if (numbers.length !== shape.reduce((size, extent) => size * extent, 1))
      throw new ShapeError(`a ${kernel.kind} kernel has ${numbers.length} weights, expected [${shape.join(', ')}]`, {
        code: 'OPTION',
      });
    if (!numbers.every(Number.isFinite))
      throw new ShapeError(`a ${kernel.kind} kernel has weights that are not finite`, { code: 'OPTION' });
  }
}
