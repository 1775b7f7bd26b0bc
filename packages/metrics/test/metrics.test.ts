import {
  classAccuracy,
  classIou,
  createConfusionMatrix,
  frequencyWeightedIou,
  meanAccuracy,
  meanIou,
  pixelAccuracy,
} from '@atrous/metrics';
import { expect, it } from 'vitest';

/** Matrix with these counts, filled one pixel at a time. */
function matrixOf(rows: readonly (readonly number[])[]) {
  const matrix = createConfusionMatrix(rows.length);
  rows.forEach((row, truth) =>
    row.forEach((count, predicted) => matrix.add(Array(count).fill(truth), Array(count).fill(predicted))),
  );
  return matrix;
}

const two = matrixOf([
  [3, 1],
  [2, 4],
]);
/** Class 2 is in neither, class 3 only predicted. */
const four = matrixOf([
  [3, 1, 0, 0],
  [2, 3, 0, 1],
  [0, 0, 0, 0],
  [0, 0, 0, 0],
]);

it('has rows for the truth and columns for the prediction', () => {
  expect([...two.counts]).toEqual([3, 1, 2, 4]);
});

it('gives the scores of a matrix worked out by hand', () => {
  expect(pixelAccuracy(two)).toBeCloseTo(0.7, 12);
  expect(classAccuracy(two)).toEqual([3 / 4, 4 / 6]);
  expect(meanAccuracy(two)).toBeCloseTo(0.708333333333, 12);
  expect(classIou(two)).toEqual([3 / 6, 4 / 7]);
  expect(meanIou(two)).toBeCloseTo(0.535714285714, 12);
  expect(frequencyWeightedIou(two)).toBeCloseTo(0.542857142857, 12);
});

it('treats absent classes as the convention says', () => {
  expect(classIou(four)).toEqual([3 / 6, 3 / 7, null, 0]);
  expect(classAccuracy(four)).toEqual([3 / 4, 3 / 6, null, null]);
  expect(meanAccuracy(four)).toBeCloseTo((3 / 4 + 3 / 6) / 2, 12);
  const sum = 3 / 6 + 3 / 7;
  expect(meanIou(four)).toBeCloseTo(sum / 3, 12);
  expect(meanIou(four, { absent: 'exclude-both' })).toBeCloseTo(sum / 3, 12);
  expect(meanIou(four, { absent: 'exclude-truth' })).toBeCloseTo(sum / 2, 12);
  expect(meanIou(four, { absent: 'zero' })).toBeCloseTo(sum / 4, 12);
  expect(frequencyWeightedIou(four)).toBeCloseTo(0.4 * (3 / 6) + 0.6 * (3 / 7), 12);
});

it('has no score for nothing', () => {
  const empty = createConfusionMatrix(2, { ignoreLabel: 255 });
  empty.add([255, 255], [0, 1]);
  expect(pixelAccuracy(empty)).toBeNull();
  expect(meanAccuracy(empty)).toBeNull();
  expect(classIou(empty)).toEqual([null, null]);
  expect(meanIou(empty)).toBeNull();
  expect(meanIou(empty, { absent: 'exclude-truth' })).toBeNull();
  expect(meanIou(empty, { absent: 'zero' })).toBe(0);
  expect(frequencyWeightedIou(empty)).toBeNull();
});

it('ignores pixels whose truth is the ignore label, whatever is predicted there', () => {
  const matrix = createConfusionMatrix(2, { ignoreLabel: 255 });
  matrix.add(Uint8Array.of(0, 255, 1, 255), Uint8Array.of(0, 1, 1, 200));
  expect([...matrix.counts]).toEqual([1, 0, 0, 1]);
});

it('can ignore a class, as ADE20K does with 0, and still count it against what it was predicted for', () => {
  const matrix = createConfusionMatrix(3, { ignoreLabel: 0 });
  matrix.add([0, 1, 2, 2], [1, 1, 0, 2]);
  expect(classIou(matrix)).toEqual([0, 1, 1 / 2]);
});

it('refuses classes nobody knows, says where, and counts nothing of that image', () => {
  const matrix = createConfusionMatrix(21, { ignoreLabel: 255 });
  const unknown = (truth: number[], predicted: number[], text: RegExp) => {
    expect(() => matrix.add(truth, predicted)).toThrow(
      expect.objectContaining({ name: 'DataError', code: 'CLASS_UNKNOWN' }),
    );
    expect(() => matrix.add(truth, predicted)).toThrow(text);
  };
  unknown([0, 1, 21], [0, 1, 1], /truth has 21 at pixel 2/);
  unknown([0, 1], [0, 255], /prediction has 255 at pixel 1/);
  unknown([0, -1], [0, 0], /truth has -1 at pixel 1/);
  unknown([0, 1.5], [0, 0], /truth has 1.5 at pixel 1/);
  expect(matrix.counts.every((count) => count === 0)).toBe(true);
});

it('refuses images of another size and impossible numbers of classes', () => {
  expect(() => two.add([0, 1], [0])).toThrow(expect.objectContaining({ name: 'ShapeError', code: 'SHAPE' }));
  for (const count of [0, -1, 1.5, 65_537, Number.NaN])
    expect(() => createConfusionMatrix(count)).toThrow(/1 to 65536 classes/);
});

it('merges matrices of parts into that of the whole', () => {
  const whole = createConfusionMatrix(2, { ignoreLabel: 9 });
  const part = createConfusionMatrix(2, { ignoreLabel: 9 });
  whole.add([0, 1], [0, 0]);
  part.add([1, 9], [1, 1]);
  whole.merge(part);
  expect([...whole.counts]).toEqual([1, 0, 1, 1]);
  expect(() => whole.merge(two)).toThrow(/ignoring nothing, cannot be merged into one of 2, ignoring 9/);
  expect(() => two.merge(four)).toThrow(/matrix of 4 classes/);
});
