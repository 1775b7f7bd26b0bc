// @ts-check
import { createRandom } from '@atrous/core';

/** Pixels of a spot of one colour. */
const SPOT = 32;

/**
 * A square image with spots of random colours and some noise, within -1 … 1: on noise alone, a network of random weights sees the same everywhere.
 *
 * @param {number} side
 * @returns {import('@atrous/core').Tensor} `[1, side, side, 3]`
 */
export function createImage(side) {
  const random = createRandom('benchmark image', side);
  const columns = Math.ceil(side / SPOT);
  const spots = Float32Array.from({ length: columns * columns * 3 }, () => random.uniform(-0.8, 0.8));
  const data = Float32Array.from({ length: side * side * 3 }, (_, i) => {
    const pixel = Math.floor(i / 3);
    const [row, column] = [Math.floor(pixel / side / SPOT), Math.floor((pixel % side) / SPOT)];
    return (spots[(row * columns + column) * 3 + (i % 3)] ?? 0) + random.uniform(-0.2, 0.2);
  });
  return { shape: [1, side, side, 3], data };
}
