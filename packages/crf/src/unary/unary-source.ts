import { DataError, ShapeError, type Tensor } from '@atrous/core';
import { checkLabelCount } from '../check/check-label-count.ts';
import { energiesFromLabels, type HardLabels } from './energies-from-labels.ts';
import { energiesFromLogits } from './energies-from-logits.ts';
import { energiesFromProbabilities } from './energies-from-probabilities.ts';

/** Numbers for each pixel and label, the labels of a pixel side by side: an array, or a tensor `[h, w, c]` or `[1, h, w, c]`. */
export type PerLabel = Float32Array | Tensor;

/** What is known of the pixels before they look at each other: exactly one of four. */
export type UnarySource =
  | {
      /** Energies, −log of a probability. */
      readonly unary: PerLabel;
    }
  | {
      /** 0 … 1; taken for at least 1e-5. */
      readonly probabilities: PerLabel;
    }
  | {
      /** Of a network, at the picture's size. */
      readonly logits: PerLabel;
    }
  | HardLabels;

/** Energies `[pixels, labels]`. */
export interface Unary {
  readonly labels: number;
  readonly energies: Float32Array;
}

interface Extent {
  readonly width: number;
  readonly height: number;
}

function labelsOfShape(what: string, { shape, data }: Tensor, { width, height }: Extent): number {
  const [labels = 0, w, h, n = 1] = shape.toReversed();
  if (w !== width || h !== height || n !== 1 || shape.length > 4)
    throw new ShapeError(`${what} have the shape [${shape.join(', ')}], the picture is ${width}×${height}`, {
      hint: 'pass [h, w, c] or [1, h, w, c] at the size of the picture: upsample first',
    });
  if (data.length !== width * height * labels)
    throw new ShapeError(`${what} have the shape [${shape.join(', ')}] and ${data.length} numbers`);
  return labels;
}

function labelsOfLength(what: string, length: number, { width, height }: Extent): number {
  const labels = length / (width * height);
  if (Number.isInteger(labels)) return labels;
  throw new ShapeError(`${what} are ${length} numbers, which is no multiple of ${width}×${height} pixels`, {
    hint: 'pass the labels of all pixels, at the size of the picture',
  });
}

function numbersOf(what: string, given: PerLabel, extent: Extent): { data: Float32Array; labels: number } {
  const data = 'shape' in given ? given.data : given;
  if (!(data instanceof Float32Array))
    throw new ShapeError(`${what} must be float32 numbers`, {
      hint: 'of TensorFlow.js pass { shape: tensor.shape, data: await tensor.data() }',
    });
  const isTensor = 'shape' in given;
  return { data, labels: isTensor ? labelsOfShape(what, given, extent) : labelsOfLength(what, data.length, extent) };
}

function checkFinite(energies: Float32Array, labels: number): void {
  for (let i = 0; i < energies.length; i++)
    if (!Number.isFinite(energies[i]))
      throw new DataError(`the unary of pixel ${Math.floor(i / labels)} and label ${i % labels} is ${energies[i]}`, {
        code: 'NOT_FINITE',
        hint: 'keep probabilities at least 1e-5 before −log, or pass `probabilities`',
      });
}

function fromLabels(given: HardLabels, { width, height }: Extent): Unary {
  const { labels, numClasses, confidence } = given;
  checkLabelCount(numClasses);
  for (const [what, length] of [
    ['labels', labels.length],
    ['confidence', typeof confidence === 'object' ? confidence.length : width * height],
  ] as const)
    if (length !== width * height)
      throw new ShapeError(`${what}: ${length} numbers for ${width}×${height} pixels`, {
        hint: 'bring the label map to the size of the picture',
      });
  return { labels: numClasses, energies: energiesFromLabels(given) };
}

function numbersIn(given: Exclude<UnarySource, HardLabels>): readonly [what: string, numbers: PerLabel] {
  if ('unary' in given) return ['unary', given.unary];
  if ('logits' in given) return ['logits', given.logits];
  // programs without types may have forgotten it
  const { probabilities }: { readonly probabilities?: PerLabel } = given;
  if (probabilities === undefined)
    throw new ShapeError('nothing is known of the pixels', { hint: 'pass probabilities, logits, unary or labels' });
  return ['probabilities', probabilities];
}

/**
 * Turns what a caller knows into energies. Energies are passed on as they are, without a copy.
 *
 * @throws ShapeError, DataError when it does not fit the picture or is no number.
 */
export function toUnary(given: UnarySource, extent: Extent): Unary {
  if ('labels' in given) return fromLabels(given, extent);
  const [what, numbers] = numbersIn(given);
  const { data, labels } = numbersOf(`the ${what}`, numbers, extent);
  checkLabelCount(labels);
  if (what === 'logits') return { labels, energies: energiesFromLogits(data, labels) };
  if (what === 'probabilities') return { labels, energies: energiesFromProbabilities(data) };
  checkFinite(data, labels);
  return { labels, energies: data };
}
