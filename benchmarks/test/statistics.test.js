// @ts-check
import { describe, expect, it } from 'vitest';
import { agreement, median } from '../statistics.js';

describe('median', () => {
  it('is the middle, whatever the order', () => {
    expect(median([9, 1, 5])).toBe(5);
    expect(median([100, 9, 20])).toBe(20);
  });

  it('is the lower of the two in the middle', () => expect(median([4, 1, 3, 2])).toBe(2));

  it('of nothing is no number', () => expect(median([])).toBeNaN());
});

describe('agreement', () => {
  it('is the share of labels that are the same', () => expect(agreement([1, 2, 3, 4], [1, 2, 3, 5])).toBe(0.75));

  it('takes real numbers within a thousandth of the largest', () => {
    expect(agreement([0.5, 100.09, 1], [0.5, 100, 1])).toBe(1);
    expect(agreement([0.5, 100.2, 1], [0.5, 100, 1])).toBeCloseTo(2 / 3);
  });

  it('is none where the lengths differ, and for numbers that are none', () => {
    expect(agreement([1], [1, 2])).toBe(0);
    expect(agreement([NaN, 1], [0, 1])).toBe(0.5);
  });

  it('is not known where one gave nothing', () => expect(agreement([], [1])).toBeUndefined());
});
