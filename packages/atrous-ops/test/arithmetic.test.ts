import { checkChoice, checkCount, checkPositive, checkShare, nominalRate, scaleWidth } from '@atrous/atrous-ops';
import { ShapeError } from '@atrous/core';
import { describe, expect, it } from 'vitest';

describe('nominalRate', () => {
  it('is half the rate that is given for output stride 16, a quarter of that for 8', () => {
    expect([6, 12, 18].map((rate) => nominalRate(rate, 16, 32))).toEqual([3, 6, 9]);
    expect([12, 24, 36].map((rate) => nominalRate(rate, 8, 32))).toEqual([3, 6, 9]);
    expect(nominalRate(15, 16, 32)).toBe(7.5);
    expect(nominalRate(12, 8, 8)).toBe(12);
  });
});

describe('scaleWidth', () => {
  // Output channels of MobileNetV2's stages in tensorflow/models at these widths.
  const channels = [16, 24, 32, 64, 96, 160, 320];
  it.each([
    [0.35, 8, [8, 8, 16, 24, 32, 56, 112]],
    [0.5, 8, [8, 16, 16, 32, 48, 80, 160]],
    [0.75, 8, [16, 24, 24, 48, 72, 120, 240]],
    [1, 8, channels],
    [1.4, 8, [24, 32, 48, 88, 136, 224, 448]],
    [0.35, 1, [6, 8, 11, 22, 34, 56, 112]],
    [0.5, 1, [8, 12, 16, 32, 48, 80, 160]],
    [1.4, 1, [22, 34, 45, 90, 134, 224, 448]],
  ])('at width %f in multiples of %i', (depthMultiplier, divisor, expected) => {
    expect(channels.map((width) => scaleWidth(width, depthMultiplier, divisor))).toEqual(expected);
  });

  it('never gives no channels', () => {
    expect(scaleWidth(16, 0.01, 8)).toBe(8);
    expect(scaleWidth(16, 0.01, 1)).toBe(1);
  });
});

describe('option checks', () => {
  it('name the option, what it is and what it may be', () => {
    expect(() => checkChoice('padding', 'sam', ['same', 'valid'])).toThrow(
      'padding is "sam", expected one of "same", "valid"',
    );
    expect(() => checkCount('channels', 1.5)).toThrow('channels is 1.5, expected a whole number of at least 1');
    expect(() => checkPositive('epsilon', -1)).toThrow('epsilon is -1, expected a positive number');
  });

  it.each([0, -1, 1.5, NaN, '3', undefined])('%s is no count', (value) =>
    expect(() => checkCount('channels', value)).toThrow(ShapeError),
  );

  it.each([0, -1, NaN, Infinity, '3', undefined])('%s is not positive', (value) =>
    expect(() => checkPositive('width', value)).toThrow(ShapeError),
  );

  it.each([1, -0.1, NaN, '0'])('%s is no share', (value) =>
    expect(() => checkShare('dropout', value)).toThrow(ShapeError),
  );

  it('let good values pass', () => {
    checkChoice('padding', 'same', ['same']);
    checkCount('channels', 1);
    checkPositive('epsilon', 1e-5);
    checkShare('dropout', 0);
  });
});
