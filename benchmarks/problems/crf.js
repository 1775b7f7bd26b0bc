// @ts-check
// The dense CRF on made-up pictures, in which every label is somewhere likely.
import { createRandom } from '@atrous/core';
import { crfPresets } from '@atrous/crf';
import { madeUpUnary } from '../crf/made-up-unary.js';

const SIDE = 321;

/** A picture with regions of their own colours, and the noise of a camera. @param {number} side */
function createPicture(side) {
  const random = createRandom('benchmark picture', side);
  const spot = 24;
  const columns = Math.ceil(side / spot);
  const spots = Uint8Array.from({ length: columns * columns * 3 }, () => random.integer(256));
  return Uint8ClampedArray.from({ length: side * side * 3 }, (_, i) => {
    const pixel = Math.floor(i / 3);
    const [row, column] = [Math.floor(pixel / side / spot), Math.floor((pixel % side) / spot)];
    return (spots[(row * columns + column) * 3 + (i % 3)] ?? 0) + 3 * random.normal();
  });
}

/** @param {number} labels @param {number} side @returns {import('../crf/pydensecrf.js').Problem} */
export function crfProblem(labels, side) {
  const { gaussianXyStd, gaussianWeight, bilateralXyStd, bilateralRgbStd, bilateralWeight, iterations } =
    crfPresets['deeplab-v2'];
  return {
    ...{ width: side, height: side, labels, iterations },
    image: new Uint8Array(createPicture(side).buffer),
    unary: madeUpUnary({ width: side, height: side }, labels),
    gaussian: [gaussianXyStd, gaussianWeight],
    bilateral: [bilateralXyStd, bilateralRgbStd, bilateralWeight],
  };
}

/** @type {Readonly<Record<string, { title: string, size: number, labels: number }>>} */
export const CRFS = Object.fromEntries(
  [2, 21, 60, 150].map((labels) => [`crf-${labels}`, { title: `Dense CRF, ${labels} labels`, size: SIDE, labels }]),
);
