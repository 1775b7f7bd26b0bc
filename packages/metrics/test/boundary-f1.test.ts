import { boundaryF1, classBoundaryF1, createBoundaryTally, type BoundaryTallyOptions } from '@atrous/metrics';
import { describe, expect, it } from 'vitest';
import { distance, placesOf, randomPair, VOID, type Place } from './random-pair.ts';

interface Scored {
  readonly truth: readonly number[];
  readonly predicted: readonly number[];
  readonly width: number;
}

function score(pair: Scored, options: BoundaryTallyOptions = {}) {
  const tally = createBoundaryTally(3, { ignoreLabel: VOID, ...options });
  tally.add(pair);
  return { mean: boundaryF1(tally), classes: classBoundaryF1(tally) };
}

/** One row with a border in front of pixel `at`. */
const row = (at: number, length = 40): readonly number[] => Array.from({ length }, (_, x) => (x < at ? 0 : 1));

/** A tolerance that reaches borders `pixels` away in a row of 40. */
const reach = (pixels: number): number => (pixels + 0.5) / Math.hypot(40, 1);

/** The definition, on lists of places. */
function definition(pair: ReturnType<typeof randomPair>, tolerance: number): readonly (number | null)[] {
  const { truth, predicted, width, numClasses } = pair;
  const places = placesOf(pair);
  const contour = (labels: ArrayLike<number>, id: number): readonly Place[] =>
    places.filter((a) => labels[a.pixel] === id && places.some((b) => distance(a, b) === 1 && labels[b.pixel] !== id));
  const theta = tolerance * Math.hypot(width, truth.length / width);
  const shareNear = (from: readonly Place[], to: readonly Place[]): number =>
    from.filter((a) => to.some((b) => distance(a, b) < theta)).length / from.length;
  return Array.from({ length: numClasses }, (_, id) => {
    const [ofTruth, ofPredicted] = [contour(truth, id), contour(predicted, id)];
    if (ofTruth.length + ofPredicted.length === 0) return null;
    const [precision, recall] = [shareNear(ofPredicted, ofTruth), shareNear(ofTruth, ofPredicted)];
    return precision > 0 && recall > 0 ? (2 * precision * recall) / (precision + recall) : 0;
  });
}

describe('boundary F1', () => {
  it('is 1 for the truth itself, and as long as borders are nearer than the tolerance', () => {
    expect(score({ truth: row(20), predicted: row(20), width: 40 })).toEqual({ mean: 1, classes: [1, 1, null] });
    expect(score({ truth: row(20), predicted: row(23), width: 40 }, { tolerance: reach(3) }).mean).toBe(1);
    expect(score({ truth: row(20), predicted: row(23), width: 40 }, { tolerance: reach(2) }).mean).toBe(0);
  });

  it('takes three quarters of a hundredth of the diagonal, excluded, by default', () => {
    // A 300×400 picture has a diagonal of 500, so contours may be 3.75 apart.
    const picture = (at: number): readonly number[] => Array.from({ length: 400 }, () => row(at, 300)).flat();
    expect(score({ truth: picture(100), predicted: picture(103), width: 300 }).mean).toBe(1);
    expect(score({ truth: picture(100), predicted: picture(104), width: 300 }).mean).toBe(0);
    const theta = { tolerance: 3 / 500 };
    expect(score({ truth: picture(100), predicted: picture(103), width: 300 }, theta).mean).toBe(0);
  });

  it('is the harmonic mean of precision and recall', () => {
    // Class 1 of the truth has one of the two contours that the prediction has.
    const truth = row(20);
    const predicted = truth.map((label, x) => (x === 30 ? 2 : label));
    const { classes } = score({ truth, predicted, width: 40 });
    expect(classes).toEqual([1, (2 * (1 / 3)) / (1 + 1 / 3), 0]);
  });

  it('has 0 for a class that only one of both has, and nothing for one without contour', () => {
    expect(score({ truth: row(40), predicted: row(20), width: 40 })).toEqual({ mean: 0, classes: [0, 0, null] });
    expect(score({ truth: row(0), predicted: row(40), width: 40 })).toEqual({
      mean: null,
      classes: [null, null, null],
    });
  });

  it('does not care what is predicted in void', () => {
    const truth = row(20).map((label, x) => (x >= 17 && x < 23 ? VOID : label));
    for (const at of [17, 20, 22, 23]) expect(score({ truth, predicted: row(at), width: 40 }).mean).toBe(1);
    const noisy = row(20).map((label, x) => (x >= 17 && x < 23 ? 255 - x : label));
    expect(score({ truth, predicted: noisy, width: 40 }).mean).toBe(1);
    expect(score({ truth, predicted: row(30), width: 40 }).mean).toBe(0);
    expect(score({ truth: [VOID, VOID], predicted: [0, 1], width: 2 }).mean).toBeNull();
  });

  it('equals its definition on random images without void', () => {
    for (let seed = 0; seed < 150; seed++) {
      const random = randomPair(seed);
      const truth = Uint8Array.from(random.truth, (label) => (label === VOID ? 0 : label));
      const pair = { ...random, truth };
      const tolerance = 0.02 + 0.03 * (seed % 5);
      const tally = createBoundaryTally(pair.numClasses, { tolerance });
      tally.add(pair);
      expect([seed, ...classBoundaryF1(tally)]).toEqual([seed, ...definition(pair, tolerance)]);
    }
  });

  it('averages over classes in each image, then over images', () => {
    const tally = createBoundaryTally(3);
    tally.add({ truth: row(20), predicted: row(20), width: 40 });
    tally.add({ truth: row(40), predicted: row(20), width: 40 });
    tally.add({ truth: row(40), predicted: row(40), width: 40 });
    expect(boundaryF1(tally)).toBe(1 / 2);
    expect(classBoundaryF1(tally)).toEqual([1 / 2, 1 / 2, null]);
    const both = createBoundaryTally(3);
    both.add({ truth: row(20), predicted: row(20), width: 40 });
    both.merge(tally);
    expect(boundaryF1(both)).toBeCloseTo(2 / 3, 12);
    expect(classBoundaryF1(both)[0]).toBeCloseTo(2 / 3, 12);
    expect(() => both.merge(createBoundaryTally(3, { tolerance: 0.1 }))).toThrow(/of tolerance 0.1 cannot be merged/);
  });

  it('refuses what it cannot score, and counts nothing of it', () => {
    for (const tolerance of [0, -1, 2, Number.NaN])
      expect(() => createBoundaryTally(2, { tolerance })).toThrow(expect.objectContaining({ name: 'ShapeError' }));
    expect(() => createBoundaryTally(0)).toThrow(/1 to 65536 classes/);
    const tally = createBoundaryTally(2);
    expect(() => tally.add({ truth: [0, 1, 1], predicted: [0, 1, 1], width: 2 })).toThrow(/do not make rows/);
    expect(() => tally.add({ truth: [0, 1], predicted: [0, 2], width: 2 })).toThrow(
      expect.objectContaining({ code: 'CLASS_UNKNOWN' }),
    );
    expect(tally.overall.images).toBe(0);
  });
});
