import {
  createConfusionMatrix,
  createTrimap,
  meanIou,
  pixelAccuracy,
  type TrimapAround,
  type TrimapOptions,
} from '@atrous/metrics';
import { describe, expect, it } from 'vitest';
import { distance, placesOf, randomPair, VOID } from './random-pair.ts';

const sum = (counts: Float64Array): number => counts.reduce((all, count) => all + count, 0);

/** Pixels in each band of one image. */
function sizes(truth: readonly number[], width: number, options: TrimapOptions): readonly number[] {
  const trimap = createTrimap(3, options);
  trimap.add({ truth, predicted: truth.map(() => 0), width });
  return trimap.bands().map(({ matrix }) => sum(matrix.counts));
}

describe('a trimap', () => {
  it('is as wide on each side of a straight border as its width says', () => {
    const truth = [0, 0, 0, 0, 0, 1, 1, 1, 1, 1];
    expect(sizes(truth, 10, { widths: [1, 2, 4, 5, 6] })).toEqual([2, 4, 8, 10, 10]);
    expect(sizes(truth, 1, { widths: [1, 2, 4, 5, 6] })).toEqual([2, 4, 8, 10, 10]);
  });

  it('goes round corners by Euclidean distance', () => {
    const truth = new Array<number>(81).fill(0).with(40, 1);
    // Of a 9×9 square around its centre: the centre and 4 neighbours, the 4 at √2, the 4 at 2, the 8 at √5.
    expect(sizes(truth, 9, { widths: [1, 1.4, 1.5, 2, 2.3] })).toEqual([5, 5, 9, 13, 21]);
  });

  it('is empty where nothing borders on anything, the edge of the image least of all', () => {
    expect(sizes([1, 1, 1, 1], 2, { widths: [1, 100] })).toEqual([0, 0]);
    expect(sizes([VOID, VOID], 2, { widths: [100], ignoreLabel: VOID, around: 'void' })).toEqual([0]);
    expect(sizes([], 3, { widths: [1] })).toEqual([0]);
  });

  it('never counts void, and lies around it', () => {
    const truth = [0, 0, 0, VOID, VOID, 1, 1, 2];
    expect(sizes(truth, 8, { widths: [1, 2, 3], ignoreLabel: VOID })).toEqual([4, 5, 6]);
    expect(sizes(truth, 8, { widths: [1, 2, 3], ignoreLabel: VOID, around: 'void' })).toEqual([2, 4, 6]);
  });

  it('scores what is wrong near borders lower in narrow bands than in wide ones', () => {
    const truth = Array.from({ length: 40 }, (_, x) => (x < 20 ? 0 : 1));
    const trimap = createTrimap(2, { widths: [10, 2, 20, 2] });
    trimap.add({ truth, predicted: truth.map((_, x) => (x < 21 ? 0 : 1)), width: 40 });
    const bands = trimap.bands();
    expect(bands.map(({ width }) => width)).toEqual([2, 10, 20]);
    expect(bands.map(({ matrix }) => pixelAccuracy(matrix))).toEqual([3 / 4, 19 / 20, 39 / 40]);
    expect(bands.map(({ matrix }) => meanIou(matrix))).toEqual([
      (2 / 3 + 1 / 2) / 2,
      (10 / 11 + 9 / 10) / 2,
      (20 / 21 + 19 / 20) / 2,
    ]);
  });

  it.each(['labels', 'void'] as const satisfies readonly TrimapAround[])(
    'around %s equals its definition on random images',
    (around) => {
      const widths = [1, 1.5, 2, 3, 5, 30];
      for (let seed = 0; seed < 150; seed++) {
        const pair = randomPair(seed);
        const { truth, predicted, numClasses } = pair;
        const trimap = createTrimap(numClasses, { widths, ignoreLabel: VOID, around });
        trimap.add(pair);
        const area = (label: number): number => (around === 'labels' ? label : Number(label === VOID));
        const places = placesOf(pair);
        for (const { width, matrix } of trimap.bands()) {
          const inBand = places.filter((a) =>
            places.some((b) => area(truth[a.pixel]!) !== area(truth[b.pixel]!) && distance(a, b) <= width),
          );
          const expected = createConfusionMatrix(numClasses, { ignoreLabel: VOID });
          expected.add(
            inBand.map(({ pixel }) => truth[pixel]!),
            inBand.map(({ pixel }) => predicted[pixel]!),
          );
          expect([seed, width, ...matrix.counts]).toEqual([seed, width, ...expected.counts]);
        }
      }
    },
  );

  it('merges parts into the whole', () => {
    const options = { widths: [1, 3], ignoreLabel: VOID };
    const [whole, one, other] = [createTrimap(5, options), createTrimap(5, options), createTrimap(5, options)];
    for (let seed = 0; seed < 6; seed++) {
      const pair = randomPair(seed);
      whole.add(pair);
      (seed % 2 === 0 ? one : other).add(pair);
    }
    one.merge(other);
    expect(one.bands()).toEqual(whole.bands());
    expect(() => one.merge(createTrimap(5, { ...options, widths: [1, 2] }))).toThrow(/of widths 1, 2 cannot be merged/);
    expect(() => one.merge(createTrimap(4, options))).toThrow(/4 classes/);
  });

  it('refuses what makes no band or no image, and counts nothing of it', () => {
    for (const widths of [[], [0], [1, -1], [Number.NaN], [Infinity]])
      expect(() => createTrimap(2, { widths })).toThrow(
        expect.objectContaining({ name: 'ShapeError', message: expect.stringMatching(/positive widths/) as string }),
      );
    expect(() => createTrimap(0, { widths: [1] })).toThrow(/a trimap has 1 to 65536 classes/);
    expect(() => createTrimap(2, { widths: [1], around: 'void' })).toThrow(/needs an ignore label/);
    const trimap = createTrimap(2, { widths: [1] });
    for (const width of [0, 4, 1.5, Number.NaN])
      expect(() => trimap.add({ truth: [0, 0, 1], predicted: [0, 0, 1], width })).toThrow(/do not make rows/);
    expect(() => trimap.add({ truth: [0, 1], predicted: [0], width: 2 })).toThrow(/the prediction 1/);
    expect(() => trimap.add({ truth: [0, 1, 7], predicted: [1, 1, 1], width: 3 })).toThrow(
      expect.objectContaining({ code: 'CLASS_UNKNOWN' }),
    );
    expect(trimap.bands().map(({ matrix }) => sum(matrix.counts))).toEqual([0]);
  });
});
