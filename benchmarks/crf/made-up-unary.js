// @ts-check
import { createRandom } from '@atrous/core';
import { energiesFromLogits } from '@atrous/crf';

/** Energies in which every label is somewhere likely, so that none can be left out. @param {{ readonly width: number, readonly height: number }} of @param {number} labels */
export function madeUpUnary({ width, height }, labels) {
  const random = createRandom('crf benchmark', labels);
  const [columns, rows] = [Math.ceil(width / 8) + 1, Math.ceil(height / 8) + 1];
  const coarse = Float32Array.from({ length: columns * rows * labels }, () => 2 * random.normal());
  for (let label = 0; label < labels; label++) coarse[random.integer(columns * rows) * labels + label] = 14;
  const logits = new Float32Array(width * height * labels);
  for (let i = 0; i < logits.length; i++) {
    const [pixel, label] = [Math.floor(i / labels), i % labels];
    const cell = Math.floor(Math.floor(pixel / width) / 8) * columns + Math.floor((pixel % width) / 8);
    logits[i] = coarse[cell * labels + label] ?? 0;
  }
  return energiesFromLogits(logits, labels);
}
