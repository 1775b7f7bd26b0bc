import { checkHybridDilation, maxHoles, multiGridRates, planOutputStride, tapsOnMap } from '@atrous/atrous-ops';
import { ShapeError } from '@atrous/core';
import { describe, expect, it } from 'vitest';

describe('hybrid dilation', () => {
  // Wang et al. 2018, §3.2, and the recursion worked out by hand.
  it.each([
    { rates: [1, 2, 5], holes: [1, 2, 5] },
    { rates: [1, 2, 9], holes: [3, 5, 9] },
    { rates: [2, 4, 6], holes: [2, 4, 6] },
    { rates: [1, 2, 5, 9], holes: [1, 2, 5, 9] },
    { rates: [7], holes: [7] },
    { rates: [], holes: [] },
  ])('of the rates $rates has the holes $holes', ({ rates, holes }) => {
    expect(maxHoles(rates)).toEqual(holes);
  });

  it.each([[[1, 2, 5]], [[1, 2, 3]], [[1, 2, 4]], [[1, 2, 5, 9]], [[1]], [[1, 1]]])('accepts %j', (rates) => {
    expect(checkHybridDilation(rates)).toMatchObject({ accepted: true, problems: [] });
  });

  it.each([
    [
      [2, 4, 6],
      [
        { rule: 'hole', hole: 4, kernel: 3 },
        { rule: 'commonFactor', factor: 2 },
      ],
    ],
    [[2, 2, 2], [{ rule: 'commonFactor', factor: 2 }]],
    [[1, 2, 9], [{ rule: 'hole', hole: 5, kernel: 3 }]],
    [[3, 4, 5], [{ rule: 'hole', hole: 4, kernel: 3 }]],
    [[5, 9, 17], [{ rule: 'hole', hole: 9, kernel: 3 }]],
    [[4], [{ rule: 'commonFactor', factor: 4 }]],
  ])('refuses %j and says why', (rates, problems) => {
    expect(checkHybridDilation(rates)).toMatchObject({ accepted: false, problems });
  });

  it('lets larger kernels fill larger holes', () => {
    expect(checkHybridDilation([1, 2, 9], 5).accepted).toBe(true);
  });

  it.each([
    [[1, 2, 5, 1, 2, 5], true],
    [[1, 2, 5, 9, 1, 2, 5], true],
    [[1, 2, 5], true],
    [[2, 2, 2], false],
    [[1, 2, 5, 1, 3, 5], false],
    [[5, 2, 1], false],
  ])('knows whether %j is a sawtooth: %s', (rates, sawtooth) => {
    expect(checkHybridDilation(rates).sawtooth).toBe(sawtooth);
  });

  it('refuses rates that are none', () => {
    expect(() => checkHybridDilation([1, 0])).toThrow(ShapeError);
    expect(() => checkHybridDilation([1], 2.5)).toThrow('kernel is 2.5');
  });
});

describe('multiGridRates', () => {
  it('multiplies the rate of the block', () => {
    expect(multiGridRates(2, [1, 2, 4])).toEqual([2, 4, 8]);
  });
});

describe('planOutputStride', () => {
  const strides = [2, 2, 1, 2, 1, 2, 1, 2, 1];

  it.each([
    [32, '2/1 2/1 1/1 2/1 1/1 2/1 1/1 2/1 1/1'],
    [16, '2/1 2/1 1/1 2/1 1/1 2/1 1/1 1/1 1/2'],
    [8, '2/1 2/1 1/1 2/1 1/1 1/1 1/2 1/2 1/4'],
  ])('at output stride %i gives the unit that loses its stride the old rate', (outputStride, expected) => {
    const plan = planOutputStride(strides, outputStride);
    expect(plan.map(({ stride, atrousRate }) => `${stride}/${atrousRate}`).join(' ')).toBe(expected);
  });

  it.each([6, 64])('refuses output stride %i', (outputStride) => {
    expect(() => planOutputStride(strides, outputStride)).toThrow(/lead to output stride \d+, not/);
  });
});

describe('tapsOnMap', () => {
  const conv = (atrousRate: number, kernel = 3) => ({
    kernel: [kernel, kernel] as const,
    strides: [1, 1] as const,
    atrousRate: [atrousRate, atrousRate] as const,
    padding: 'same' as const,
  });

  // Closed form of the experiment in DeepLab v3 (figure 4): per axis 1 + 2 · max(0, n − r) / n of three taps.
  it.each([1, 2, 6, 12, 18, 24, 30, 36, 48, 60, 65, 90])('counts the taps of a 3×3 at rate %i', (rate) => {
    for (const size of [65, 33, 17, 129]) {
      const expected = ((1 + (2 * Math.max(0, size - rate)) / size) / 3) ** 2;
      expect(tapsOnMap(conv(rate), [size, size]).share).toBeCloseTo(expected, 12);
    }
  });

  it('sorts positions by how many of their taps are left', () => {
    const rounded = (rate: number) =>
      [1, 2, 4, 6, 9].map((taps) => Number((tapsOnMap(conv(rate), [65, 65]).positions.get(taps) ?? 0).toFixed(3)));
    expect(rounded(6)).toEqual([0, 0, 0.034, 0.301, 0.665]);
    expect(rounded(36)).toEqual([0.012, 0.192, 0.796, 0, 0]);
    expect(rounded(65)).toEqual([1, 0, 0, 0, 0]);
  });

  it('tells the kernel that is left', () => {
    expect(tapsOnMap(conv(32), [33, 33]).kernel).toEqual([3, 3]);
    expect(tapsOnMap(conv(33), [33, 65]).kernel).toEqual([1, 3]);
    expect(tapsOnMap(conv(36), [33, 33]).kernel).toEqual([1, 1]);
    // An even kernel has no centre: taps at ±r/2 and ±3r/2.
    expect(tapsOnMap({ ...conv(12, 4), padding: 'symmetric' }, [5, 5])).toMatchObject({ share: 0, kernel: [0, 0] });
  });

  it('is all of them without padding', () => {
    expect(tapsOnMap({ ...conv(3), padding: 'valid' }, [9, 9])).toMatchObject({ share: 1, kernel: [3, 3] });
  });
});
