import { createRandom } from '@atrous/core';
import { energiesFromProbabilities } from '@atrous/crf';
import { camvid, streetScene } from '@atrous/data';
import type { CrfExample } from '@atrous/train';

const [width, height, classes, cell] = [48, 36, camvid.classes.length, 4];
const [columns, rows] = [width / cell, height / cell];

/** What lies around a place between four cells, and how much of each is there. */
function around(x: number, y: number): readonly (readonly [column: number, row: number, share: number])[] {
  const [left, top] = [Math.floor(x), Math.floor(y)];
  const [right, bottom] = [x - left, y - top];
  return [
    [left, top, (1 - right) * (1 - bottom)],
    [left + 1, top, right * (1 - bottom)],
    [left, top + 1, (1 - right) * bottom],
    [left + 1, top + 1, right * bottom],
  ];
}

/** The share of each class in each cell, and a doubt of any class. */
function cellShares(seed: number, index: number, mask: ArrayLike<number>): Float32Array {
  const random = createRandom(seed, index, 'network');
  const shares = Float32Array.from({ length: columns * rows * classes }, () => random.uniform(0, 0.5) ** 2);
  for (let pixel = 0; pixel < width * height; pixel++) {
    const at = Math.floor(Math.floor(pixel / width) / cell) * columns + Math.floor((pixel % width) / cell);
    if (mask[pixel]! < classes) shares[at * classes + mask[pixel]!]! += 1 / cell ** 2;
  }
  return shares;
}

const within = (at: number, end: number): number => Math.min(end - 1, Math.max(0, at));

/** A made-up street, and what a network of output stride 4 might say of it: shares of classes, enlarged, and doubts. */
export function blurryStreet(seed: number, index: number): CrfExample {
  const { image, mask } = streetScene({ seed, index, width, height });
  const shares = cellShares(seed, index, mask.data);
  const probabilities = new Float32Array(width * height * classes);
  for (let pixel = 0; pixel < width * height; pixel++) {
    const own = probabilities.subarray(pixel * classes, (pixel + 1) * classes);
    const place = [(pixel % width) / cell - 0.5, Math.floor(pixel / width) / cell - 0.5] as const;
    for (const [column, row, share] of around(...place))
      for (let id = 0; id < classes; id++)
        own[id]! += share * shares[(within(row, rows) * columns + within(column, columns)) * classes + id]!;
    const sum = own.reduce((a, b) => a + b, 0);
    own.forEach((share, id) => void (own[id] = share / sum));
  }
  return { image, unary: energiesFromProbabilities(probabilities), labels: mask.data };
}
