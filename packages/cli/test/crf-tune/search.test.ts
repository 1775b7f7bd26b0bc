import { describe, expect, it } from 'vitest';
import { refine, settingsOf, type Grid } from '../../src/crf-tune/grid.ts';
import { searchSettings, type SearchOptions } from '../../src/crf-tune/search.ts';
import { keyOf, type Setting } from '../../src/crf-tune/setting.ts';

const GRID: Grid = { bilateralWeight: [3, 5, 8], bilateralXyStd: [40, 70, 100], bilateralRgbStd: [3, 6, 10] };

const setting = (bilateralWeight: number, bilateralXyStd: number, bilateralRgbStd: number): Setting => ({
  bilateralWeight,
  bilateralXyStd,
  bilateralRgbStd,
});

describe('grids', () => {
  it('hold every combination, those of one lattice side by side', () => {
    const settings = settingsOf(GRID);
    expect(new Set(settings.map(keyOf)).size).toBe(27);
    expect(settings.slice(0, 4)).toEqual([setting(3, 40, 3), setting(5, 40, 3), setting(8, 40, 3), setting(3, 40, 6)]);
  });

  it('are refined half-way to the neighbours, and beyond an end as far as inwards', () => {
    expect(refine(GRID, setting(5, 40, 10))).toEqual({
      bilateralWeight: [4, 5, 6.5],
      bilateralXyStd: [25, 40, 55],
      bilateralRgbStd: [8, 10, 12],
    });
  });

  it('stay above 0, and keep what has a single value', () => {
    const grid = { bilateralWeight: [2, 8], bilateralXyStd: [50], bilateralRgbStd: [1, 9] };
    expect(refine(grid, setting(2, 50, 1))).toEqual({
      bilateralWeight: [1, 2, 5],
      bilateralXyStd: [50],
      bilateralRgbStd: [0.5, 1, 5],
    });
  });
});

/** Scores that fall with the distance from a peak, the mean over images; counts what was asked to be measured. */
function searchFor(peaks: Readonly<Record<string, Setting>>, options: Partial<SearchOptions> = {}) {
  const rounds: string[][] = [];
  const known = new Set<string>();
  const fall = (a: number, b: number): number => Math.abs(Math.log(a / b));
  const result = searchSettings({
    images: Object.keys(peaks),
    grid: GRID,
    rounds: 2,
    folds: 1,
    async measure(settings) {
      rounds.push(settings.map(keyOf));
      for (const each of settings) known.add(keyOf(each));
    },
    scoreOf(each, images) {
      if (!known.has(keyOf(each))) throw new Error(`${keyOf(each)} was not measured`);
      const away = images.map((image) => {
        const peak = peaks[image]!;
        return (
          fall(each.bilateralWeight, peak.bilateralWeight) +
          fall(each.bilateralXyStd, peak.bilateralXyStd) +
          fall(each.bilateralRgbStd, peak.bilateralRgbStd)
        );
      });
      return -away.reduce((sum, distance) => sum + distance, 0) / images.length;
    },
    ...options,
  });
  return { result, rounds };
}

describe('a search', () => {
  it('comes nearer to the peak with every round', async () => {
    const peak = setting(6.4, 62, 4.4);
    const bests = [];
    for (const rounds of [1, 2, 3, 4]) bests.push((await searchFor({ a: peak }, { rounds }).result).best);
    expect(bests[0]?.setting).toEqual(setting(8, 70, 6));
    expect(bests.map(({ score }) => score)).toEqual(bests.map(({ score }) => score).toSorted((a, b) => a - b));
    expect(bests[3]?.score).toBeGreaterThan(-0.1);
  });

  it('asks for a grid a round, and ranks everything it saw', async () => {
    const { result, rounds } = searchFor({ a: setting(5, 70, 6) });
    const { best, settings, folds } = await result;
    expect(rounds.map(({ length }) => length)).toEqual([27, 27]);
    expect(best).toEqual({ setting: setting(5, 70, 6), score: expect.closeTo(0, 12) as number, images: ['a'] });
    expect(folds).toEqual([]);
    expect(settings.length).toBe(27 + 26);
    expect(settings[0]?.setting).toEqual(best.setting);
    const scores = settings.map(({ score }) => score);
    expect(scores).toEqual(scores.toSorted((a, b) => b - a));
  });

  it('chooses for each part of the pictures without looking at it', async () => {
    const [low, high] = [setting(3, 40, 3), setting(8, 100, 10)];
    const peaks = { a: low, b: low, c: low, d: high, e: high, f: high };
    const { folds, best } = await searchFor(peaks, { folds: 2, rounds: 1 }).result;
    expect(best.images).toEqual(['a', 'b', 'c', 'd', 'e', 'f']);
    expect(folds.map(({ heldOut, images, setting: chosen }) => [heldOut.join(''), images.join(''), chosen])).toEqual([
      ['abc', 'def', high],
      ['def', 'abc', low],
    ]);
  });

  it('does not let the pictures of a part lead it to finer settings', async () => {
    // The peak of a alone lies between grid points near (3, 40, 3); without a nothing leads there.
    const peaks = { a: setting(4, 55, 4.5), b: setting(8, 100, 10) };
    const { folds } = await searchFor(peaks, { folds: 2, rounds: 3 }).result;
    const [withoutA, withoutB] = folds;
    expect(withoutA?.setting).toEqual(setting(8, 100, 10));
    expect(withoutB?.setting).toEqual(setting(4, 55, 4.5));
  });

  it('never has more parts than pictures', async () => {
    const { folds } = await searchFor({ a: setting(5, 70, 6), b: setting(5, 70, 6) }, { folds: 5 }).result;
    expect(folds.map(({ heldOut }) => heldOut)).toEqual([['a'], ['b']]);
    expect((await searchFor({ a: setting(5, 70, 6) }, { folds: 5 }).result).folds).toEqual([]);
  });
});
