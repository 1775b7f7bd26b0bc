import { atLeast, cosine, held, poly, slowStart, stepwise, warmUp } from '@atrous/train';
import { expect, it } from 'vitest';

const linear = poly({ base: 1, steps: 10, power: 1 });

it('poly falls to its end and stays there', () => {
  expect([0, 5, 10, 20].map(linear)).toEqual([1, 0.5, 0, 0]);
  expect(poly({ base: 1, steps: 10, power: 1, end: 0.2 })(5)).toBeCloseTo(0.6);
  expect(poly({ base: 1, steps: 10 })(5)).toBeCloseTo(0.5 ** 0.9);
});

it('cosine is half a wave', () => {
  expect([0, 5, 10, 20].map(cosine({ base: 2, steps: 10 }))).toEqual(
    [2, 1, 0, 0].map((rate) => expect.closeTo(rate) as number),
  );
});

it('stepwise falls by its factor', () => {
  expect([0, 3, 4, 8].map(stepwise({ base: 1, every: 4, factor: 0.5 }))).toEqual([1, 1, 0.5, 0.25]);
});

it('schedules are changed by others', () => {
  expect([0, 3, 4, 7].map(held(4, linear))).toEqual([1, 1, 0.6, 0.6]);
  expect([0, 1, 2].map(warmUp(2, linear))).toEqual([0, 0.45, 0.8]);
  expect([0, 1, 2].map(slowStart(2, 0.1, linear))).toEqual([0.1, 0.1, 0.8]);
  expect([0, 9].map(atLeast(0.5, linear))).toEqual([1, 0.5]);
});
