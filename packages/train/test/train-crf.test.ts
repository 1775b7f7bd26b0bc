import { denseCrf, type Compatibility, type WeightedKernel } from '@atrous/crf';
import { exact } from '@atrous/crf/exact';
import { lattice } from '@atrous/crf/lattice';
import { camvid } from '@atrous/data';
import { createConfusionMatrix, meanIou } from '@atrous/metrics';
import { adamW, poly, sgd, trainCrf, type CrfExample, type TrainCrfOptions } from '@atrous/train';
import { expect, it } from 'vitest';
import { blurryStreet } from './support/blurry-streets.ts';

const sides = ['left', 'right'].map((name, id) => ({ id, name, color: [0, 0, 255 * id] as const }));
const labels = { name: 'sides', classes: sides, ignoreLabel: 9 };

/** Four pixels in a row, one of them ignored. */
const row: CrfExample = {
  image: { width: 4, height: 1, data: Uint8Array.of(0, 0, 0, 10, 10, 10, 200, 200, 200, 220, 220, 220) },
  unary: Float32Array.of(0.2, 1, 1.1, 0.4, 0.3, 0.9, 1.4, 0.1),
  labels: Uint8Array.of(0, 0, 1, 9),
};

const options = (changes: Partial<TrainCrfOptions> = {}): TrainCrfOptions => ({
  examples: { labels, batch: async () => [row] },
  kernels: [
    { kind: 'gaussian', xyStd: 2, weight: 0.7 },
    { kind: 'bilateral', xyStd: 3, rgbStd: 50, weight: { perLabel: Float32Array.of(1, 0.5) } },
  ],
  engine: exact(),
  optimizer: sgd({ momentum: 0 }),
  schedule: () => 1,
  steps: 1,
  ...changes,
});

/** The mean cross-entropy of the three pixels that count. */
async function lossOf(kernels: readonly WeightedKernel[]): Promise<number> {
  const { image, unary } = row;
  const { marginals } = await denseCrf({ image, unary, kernels, iterations: 5, engine: exact() });
  return -(Math.log(marginals[0]!) + Math.log(marginals[2]!) + Math.log(marginals[5]!)) / 3;
}

const numbersOf = (weight: Compatibility): readonly number[] =>
  typeof weight === 'number' ? [weight] : [...('perLabel' in weight ? weight.perLabel : weight.matrix)];

it('steps down the slope of the cross-entropy, which counts no ignored pixel', async () => {
  const { kernels } = options();
  const result = await trainCrf(options());
  expect(result.loss).toBeCloseTo(await lossOf(kernels), 5);
  const step = 5e-3;
  const [gaussian, bilateral] = kernels as [WeightedKernel, WeightedKernel];
  const withWeights = (a: number, b: number, c: number): readonly WeightedKernel[] => [
    { ...gaussian, weight: a },
    { ...bilateral, weight: { perLabel: Float32Array.of(b, c) } },
  ];
  const begin = [0.7, 1, 0.5] as const;
  const learnt = result.kernels.flatMap(({ weight }) => numbersOf(weight));
  for (const [i, number] of learnt.entries()) {
    const at = (by: number) =>
      lossOf(withWeights(...(begin.map((w, k) => (k === i ? w + by : w)) as [number, number, number])));
    const slope = ((await at(step)) - (await at(-step))) / (2 * step);
    expect(Math.abs(slope)).toBeGreaterThan(1e-3);
    expect(number).toBeCloseTo(begin[i]! - slope, 3);
  }
});

it('averages over the examples of a step, says how far it is, and changes nothing it was given', async () => {
  const { kernels } = options();
  const reports: number[] = [];
  const once = await trainCrf(options({ kernels, steps: 2, onStep: ({ step }) => reports.push(step) }));
  const twice = await trainCrf(options({ steps: 2, examples: { labels, batch: async () => [row, row] } }));
  expect(twice.kernels).toEqual(once.kernels);
  expect(reports).toEqual([1, 2]);
  expect(kernels).toEqual(options().kernels);
});

it('says what does not fit', async () => {
  const batch = (...examples: readonly CrfExample[]) => ({ examples: { labels, batch: async () => examples } });
  const gaussian = { kind: 'gaussian', xyStd: 1, weight: 1 } as const;
  for (const [changes, code] of [
    [{ steps: 0 }, 'OPTION'],
    [{ iterations: 1.5 }, 'OPTION'],
    [{ kernels: [] }, 'OPTION'],
    [{ kernels: [{ ...gaussian, xyStd: 0 }] }, 'OPTION'],
    [{ kernels: [{ ...gaussian, weight: NaN }] }, 'OPTION'],
    [{ kernels: [{ ...gaussian, weight: { matrix: new Float32Array(9) } }] }, 'OPTION'],
    [batch(), 'DATASET_EMPTY'],
    [batch({ ...row, labels: Uint8Array.of(0, 1, 2, 0) }), 'CLASS_UNKNOWN'],
    [batch({ ...row, labels: new Uint8Array(3) }), 'EXAMPLE_SIZE'],
    [batch({ ...row, unary: new Float32Array(12) }), 'EXAMPLE_SIZE'],
    [batch({ ...row, image: { ...row.image, data: new Uint8Array(8) } }), 'EXAMPLE_SIZE'],
    [batch({ ...row, unary: row.unary.map(() => NaN) }), 'NOT_FINITE'],
    [{ schedule: () => Infinity, steps: 2 }, 'LOSS_NOT_FINITE'],
  ] as const)
    await expect(trainCrf(options(changes)), JSON.stringify(changes)).rejects.toMatchObject({ code });
});

it('can be aborted', async () => {
  const abort = new AbortController();
  const onProgress = () => abort.abort(new Error('enough'));
  await expect(trainCrf(options({ steps: 100, signal: abort.signal, onProgress }))).rejects.toThrow('enough');
});

const classes = camvid.classes.length;
const potts = (weight: number) => ({
  matrix: Float32Array.from({ length: classes ** 2 }, (_, at) => (at % (classes + 1) === 0 ? weight : 0)),
});

async function meanIouOf(streets: readonly CrfExample[], kernels: readonly WeightedKernel[]): Promise<number> {
  const matrix = createConfusionMatrix(classes, { ignoreLabel: camvid.ignoreLabel });
  for (const { image, unary, labels: truth } of streets) {
    const { labels: predicted } = await denseCrf({ image, unary, kernels, engine: lattice() });
    matrix.add(truth, predicted);
  }
  return meanIou(matrix) ?? 0;
}

it('learns compatibilities that are better than the preset on streets it has not seen', async () => {
  const streets = (seed: number, count: number) =>
    Array.from({ length: count }, (_, index) => blurryStreet(seed, index));
  const seen = streets(1, 8);
  const preset = [
    { kind: 'gaussian', xyStd: 3, weight: potts(3) },
    { kind: 'bilateral', xyStd: 67, rgbStd: 3, weight: potts(4) },
  ] as const;
  const { kernels } = await trainCrf({
    examples: { labels: camvid, batch: async (step) => [0, 1].map((place) => seen[(2 * step + place) % 8]!) },
    kernels: preset,
    engine: lattice(),
    optimizer: adamW({ weightDecay: 0 }),
    schedule: poly({ base: 0.3, steps: 16 }),
    steps: 16,
  });
  const unseen = streets(2, 6);
  const [before, after] = [await meanIouOf(unseen, preset), await meanIouOf(unseen, kernels)];
  expect(after).toBeGreaterThan(before + 0.05);
  // and than no CRF at all
  expect(after).toBeGreaterThan(await meanIouOf(unseen, []));
});
