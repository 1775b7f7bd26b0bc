import { denseCrf, type DenseCrfOptions } from '@atrous/crf';
import { exact } from '@atrous/crf/exact';
import { expect, it } from 'vitest';

const image = { width: 4, height: 3, data: new Uint8Array(36) };
const halves = new Float32Array(24).fill(0.5);
const good = { image, engine: exact() };
const withNumber = (value: number): Float32Array => halves.map((half, i) => (i === 5 ? value : half));
const labels = new Uint8Array(12);
const features = (dimensions: number, numbers: Float32Array) => ({
  kernels: [{ kind: 'features', dimensions, features: numbers, weight: 1 }],
});

/** The error that denseCrf ends with, for options as a program without types may pass them. */
async function errorOf(options: object): Promise<unknown> {
  return denseCrf({ ...good, ...options } as DenseCrfOptions).catch((error: unknown) => error);
}

it.each<[what: string, unary: object, code: string, message: string]>([
  ['NaN in the unary', { unary: withNumber(NaN) }, 'NOT_FINITE', 'pixel 2 and label 1'],
  ['an infinite unary', { unary: withNumber(Infinity) }, 'NOT_FINITE', 'Infinity'],
  ['NaN in logits', { logits: withNumber(NaN) }, 'NOT_FINITE', 'pixel 2'],
  ['NaN in probabilities', { probabilities: withNumber(NaN) }, 'PROBABILITY', 'NaN'],
  ['logits as probabilities', { probabilities: withNumber(-3) }, 'PROBABILITY', '-3'],
  ['too few numbers', { probabilities: halves.subarray(1) }, 'SHAPE', '23 numbers'],
  ['a tensor of another size', { logits: { shape: [2, 6, 2], data: halves } }, 'SHAPE', '[2, 6, 2]'],
  ['two pictures in one tensor', { logits: { shape: [2, 3, 4, 1], data: halves } }, 'SHAPE', '[2, 3, 4, 1]'],
  ['a tensor without its numbers', { unary: { shape: [3, 4, 3], data: halves } }, 'SHAPE', '24 numbers'],
  ['whole numbers', { probabilities: { shape: [3, 4, 2], data: new Int32Array(24) } }, 'SHAPE', 'float32'],
  ['one label', { probabilities: new Float32Array(12) }, 'SHAPE', 'a CRF of 1 labels'],
  ['257 labels', { probabilities: new Float32Array(12 * 257) }, 'SHAPE', 'a CRF of 257 labels'],
  [
    'a label beyond the classes',
    { labels: labels.fill(3, 11), numClasses: 3 },
    'CLASS_UNKNOWN',
    'pixel 11 has the label 3',
  ],
  ['one class', { labels, numClasses: 1 }, 'SHAPE', 'a CRF of 1 labels'],
  ['too few labels', { labels: labels.subarray(1), numClasses: 4 }, 'SHAPE', '11 numbers'],
  ['full confidence', { labels, numClasses: 4, confidence: 1 }, 'SHAPE', 'is 1, which'],
  ['too few confidences', { labels, numClasses: 4, confidence: new Float32Array(3) }, 'SHAPE', '3 numbers'],
  ['nothing about the pixels', {}, 'SHAPE', 'nothing is known'],
])('a typed error tells of %s', async (_, unary, code, message) => {
  const error = await errorOf(unary);
  expect(error).toMatchObject({ code });
  expect((error as Error).message).toContain(message);
});

it.each<[what: string, parameters: object, code: string, message: string]>([
  ['a zero standard deviation', { bilateralXyStd: 0 }, 'SHAPE', 'bilateralXyStd is 0'],
  ['a negative standard deviation', { gaussianXyStd: [3, -1] }, 'SHAPE', 'gaussianXyStd is 3, -1'],
  ['a NaN standard deviation', { bilateralRgbStd: NaN }, 'SHAPE', 'bilateralRgbStd is NaN'],
  ['an infinite standard deviation', { bilateralXyStd: Infinity }, 'SHAPE', 'Infinity'],
  ['two numbers for three colours', { bilateralRgbStd: [3, 3] }, 'SHAPE', 'bilateralRgbStd is 3, 3'],
  ['a weight that is no number', { gaussianWeight: NaN }, 'SHAPE', 'weight'],
  ['weights of other labels', { gaussianWeight: { perLabel: new Float32Array(3) } }, 'SHAPE', '2 labels need 2'],
  ['a matrix of other labels', { gaussianWeight: { matrix: new Float32Array(9) } }, 'SHAPE', '2 labels need 4'],
  ['half an iteration', { iterations: 2.5 }, 'SHAPE', '2.5 iterations'],
  ['a tolerance beyond 1', { tolerance: 1.5 }, 'SHAPE', 'tolerance is 1.5'],
  ['a missing picture', { image: undefined, width: 4, height: 3 }, 'SHAPE', 'needs the picture'],
  ['a missing size', { image: undefined }, 'SHAPE', 'size of the picture'],
  ['a picture of another size', { width: 5 }, 'SHAPE', 'the picture is 4×3, expected 5×3'],
  ['a truncated picture', { image: { ...image, data: new Uint8Array(30) } }, 'SHAPE', '30 bytes'],
  ['a picture without area', { image: { ...image, width: 0 } }, 'SHAPE', 'no area'],
  ['10⁹ pixels', { image: { ...image, width: 1e5, height: 1e4 } }, 'TOO_MANY_PIXELS', '100000×10000'],
  ['an unheard-of preset', { preset: 'deeplab-v9' }, 'UNKNOWN_PLUGIN', 'deeplab-v9'],
  ['too few features', features(2, new Float32Array(23)), 'SHAPE', '23 features'],
  ['features of 17 dimensions', features(17, new Float32Array(204)), 'SHAPE', '17 dimensions'],
  ['NaN features', features(2, withNumber(NaN)), 'SHAPE', 'not finite'],
])('a typed error tells of %s', async (_, parameters, code, message) => {
  const error = await errorOf({ probabilities: halves, ...parameters });
  expect(error).toMatchObject({ code });
  expect((error as Error).message).toContain(message);
});

it('says which presets there are', async () => {
  expect(await errorOf({ probabilities: halves, preset: 'v2' })).toMatchObject({
    hint: 'known: deeplab-v1, deeplab-v2, pydensecrf-example',
  });
});
