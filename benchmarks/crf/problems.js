// @ts-check
// What the dense CRF is timed on: photos with a network's own probabilities, and pictures in which every label is somewhere likely.
import { basename } from 'node:path';
import { createRandom } from '@atrous/core';
import { crfPresets, energiesFromProbabilities } from '@atrous/crf';
import { decodeImage } from '@atrous/data/node';
import { madeUpUnary } from './made-up-unary.js';

/** @typedef {import('./pydensecrf.js').Problem} Problem */
/** @typedef {{ width: number, height: number, image: Uint8Array }} Picture */
/** @typedef {{ name: string, problem: Problem }} Case */

/** @param {import('@atrous/crf').CrfPresetName} name */
function kernelsOf(name) {
  const { gaussianXyStd, gaussianWeight, bilateralXyStd, bilateralRgbStd, bilateralWeight, iterations } =
    crfPresets[name];
  return {
    gaussian: /** @type {const} */ ([gaussianXyStd, gaussianWeight]),
    bilateral: /** @type {const} */ ([bilateralXyStd, bilateralRgbStd, bilateralWeight]),
    iterations,
  };
}

/** @param {string} photo @returns {Promise<Picture>} */
async function read(photo) {
  const { width, height, data } = await decodeImage(photo);
  const image = Uint8Array.from(
    { length: width * height * 3 },
    (_, at) => data[Math.floor(at / 3) * 4 + (at % 3)] ?? 0,
  );
  return { width, height, image };
}

/** A picture at another size, with the noise of a camera: what is only enlarged has fewer colours than any photo. @param {Picture} of @param {number} width @param {number} height @returns {Picture} */
function resize({ image, ...from }, width, height) {
  const random = createRandom('crf benchmark', width, height);
  const enlarged = Uint8ClampedArray.from({ length: width * height * 3 }, (_, at) => {
    const pixel = Math.floor(at / 3);
    const x = Math.floor(((pixel % width) * from.width) / width);
    const y = Math.floor((Math.floor(pixel / width) * from.height) / height);
    return (image[(y * from.width + x) * 3 + (at % 3)] ?? 0) + 3 * random.normal();
  });
  return { width, height, image: new Uint8Array(enlarged.buffer) };
}

const PRESETS = /** @type {const} */ (['deeplab-v2', 'pydensecrf-example']);

/** What is made of the first photo, beside itself. */
const MADE_UP = [
  { labels: 2 },
  { labels: 21 },
  { labels: 21, width: 513, height: 513 },
  { labels: 150 },
  { labels: 19, width: 2048, height: 1024 },
];

/** @param {string} name @param {Omit<Problem, 'gaussian' | 'bilateral' | 'iterations'>} of @returns {Case[]} */
const withPresets = (name, of) =>
  PRESETS.map((preset) => ({
    name: `${name}, ${of.width}×${of.height}×${of.labels}, ${preset}`,
    problem: { ...of, ...kernelsOf(preset) },
  }));

/**
 * One after the other, as they are large.
 *
 * @param {readonly string[]} photos
 * @param {Awaited<ReturnType<typeof import('@atrous/segmenter/node').createSegmenter>>} segmenter
 * @returns {AsyncGenerator<Case>}
 */
export async function* problems(photos, segmenter) {
  const labels = segmenter.labels.classes.length;
  for (const photo of photos) {
    const { probabilities } = await segmenter.segment(photo, { probabilities: true });
    const unary = energiesFromProbabilities(/** @type {Float32Array} */ (probabilities));
    yield* withPresets(basename(photo), { ...(await read(photo)), labels, unary });
  }
  const first = await read(/** @type {string} */ (photos[0]));
  for (const { labels, width, height } of MADE_UP) {
    const picture = width === undefined ? first : resize(first, width, height);
    yield* withPresets('made-up unaries', { ...picture, labels, unary: madeUpUnary(picture, labels) });
  }
}
