import type { Progress } from '@atrous/core';
import type { CrfEngine, CrfField, CrfProblem, FieldSpec, KernelSpec } from '@atrous/crf';
import { largestDifference } from '@atrous/testing';
import { describe, expect, it } from 'vitest';
import { distancesToExact } from './distance-to-exact.ts';

/** What an engine is held to. */
export interface EngineContract {
  /** Mean difference of marginals from those of all pairs over 500 random problems: their average, and the largest of any. */
  readonly toExact: { readonly average: number; readonly largest: number };
}

const [width, height] = [9, 7];
const pixels = width * height;
const wave = (length: number, frequency: number): Float32Array =>
  Float32Array.from({ length }, (_, i) => 2 + 2 * Math.sin(i * frequency));
const picture = (seed: number) => ({
  ...{ width, height },
  data: Uint8Array.from({ length: pixels * 4 }, (_, i) => (i * i * seed + 57 * seed) % 256),
});
const spec: FieldSpec = {
  ...{ width, height, image: picture(3) },
  kernels: [
    { kind: 'gaussian', xyStd: [2, 1.5] },
    { kind: 'bilateral', xyStd: 6, rgbStd: 60, normalization: 'after' },
    { kind: 'features', dimensions: 3, features: wave(pixels * 3, 0.7), normalization: 'before' },
  ],
};
const [gaussian, bilateral, features] = spec.kernels as [KernelSpec, KernelSpec, KernelSpec];
const changes: [what: string, change: Partial<FieldSpec>][] = [
  ['another gaussian kernel', { kernels: [{ kind: 'gaussian', xyStd: 3 }, bilateral, features] }],
  ['another bilateral kernel', { kernels: [gaussian, { kind: 'bilateral', xyStd: 4, rgbStd: 30 }, features] }],
  [
    'other features',
    { kernels: [gaussian, bilateral, { ...features, features: wave(pixels * 3, 1.9) } as KernelSpec] },
  ],
  ['its kernels the other way round', { kernels: [features, bilateral, gaussian] }],
  ['fewer kernels', { kernels: [features] }],
  ['a kernel twice', { kernels: [gaussian, gaussian, bilateral] }],
  ['a normalisation', { kernels: [{ ...gaussian, normalization: 'none' }, bilateral] }],
  ['another shape', { width: height, height: width, image: { ...picture(3), width: height, height: width } }],
];
const problem: CrfProblem = {
  labels: 3,
  unary: wave(pixels * 3, 5.3),
  compatibilities: [2, { perLabel: Float32Array.of(1, 2, 3) }, { matrix: Float32Array.of(1, 0, 0, 0, 1, -1, 0, 0, 2) }],
  iterations: 4,
};

const sumOf = (numbers: Float32Array): number => numbers.reduce((sum, number) => sum + number, 0);

function expectDistributions(marginals: Float32Array, labels: number): void {
  for (let start = 0; start < marginals.length; start += labels)
    expect(sumOf(marginals.subarray(start, start + labels))).toBeCloseTo(1, 5);
}

function softmaxOf(unary: Float32Array, labels: number): Float32Array {
  const powers = unary.map((energy) => Math.exp(-energy));
  return powers.map((power, i) => {
    const start = i - (i % labels);
    return power / sumOf(powers.subarray(start, start + labels));
  });
}

function testAnswers(engine: CrfEngine, prepare: (changes?: object) => Promise<CrfField>, contract: EngineContract) {
  it('is near the sums over all pairs on 500 random problems', async () => {
    const distances = await distancesToExact(engine, 500, {
      ...{ longestSide: 12, mostLabels: 6, normalizations: ['symmetric', 'before', 'after'] },
    });
    expect(distances.reduce((sum, distance) => sum + distance, 0) / 500).toBeLessThan(contract.toExact.average);
    expect(distances.at(-1)).toBeLessThan(contract.toExact.largest);
  });

  it('gives each pixel a distribution, and leaves the unary as it was', async () => {
    using field = await prepare();
    const unary = problem.unary.slice();
    const { marginals, iterations } = await field.infer({ ...problem, unary });
    expectDistributions(marginals, 3);
    expect(iterations).toBe(4);
    expect(unary).toEqual(problem.unary);
  });

  it('begins with the softmax of the unary, where it stays without kernels', async () => {
    const expected = softmaxOf(problem.unary, 3);
    using field = await prepare();
    const begun = await field.infer({ ...problem, iterations: 0 });
    expect(largestDifference(begun.marginals, expected).value).toBeLessThan(1e-6);
    using alone = await prepare({ kernels: [] });
    const stayed = await alone.infer({ ...problem, compatibilities: [], diagnostics: true });
    expect(largestDifference(stayed.marginals, expected).value).toBeLessThan(1e-6);
    expect(stayed.kl).toHaveLength(4);
  });

  it.each([2, 5, 64, 256])('takes %i labels', async (labels) => {
    using field = await prepare({ kernels: spec.kernels.slice(0, 1) });
    const unary = wave(pixels * labels, 5.3);
    const { marginals } = await field.infer({ ...problem, labels, unary, compatibilities: [2] });
    expectDistributions(marginals, labels);
    // a pixel and its neighbours agree more than before
    const [before, after] = [softmaxOf(unary, labels), marginals].map((q) => sumOf(q.map((share) => share * share)));
    expect(after).toBeGreaterThan(before!);
  });

  it.each([
    [1, 1],
    [1, 5],
    [5, 1],
  ])('takes %i×%i pixels', async (w, h) => {
    const image = { width: w, height: h, data: new Uint8Array(w * h * 3) };
    using field = await prepare({ width: w, height: h, image, kernels: spec.kernels.slice(0, 2) });
    const { marginals } = await field.infer({
      ...problem,
      unary: problem.unary.slice(0, w * h * 3),
      compatibilities: [1, 1],
    });
    expectDistributions(marginals, 3);
  });

  it('stops when nothing moves any more', async () => {
    using field = await prepare({ kernels: spec.kernels.slice(0, 1) });
    const call = { ...problem, compatibilities: [0.5] };
    const stopped = await field.infer({ ...call, iterations: 100, stopBelow: 1e-3 });
    expect(stopped.iterations).toBeLessThan(20);
    const counted = await field.infer({ ...call, iterations: stopped.iterations });
    expect(largestDifference(stopped.marginals, counted.marginals).value).toBeLessThan(1e-6);
  });

  it('leaves labels that nobody has out of the messages without a trace', async () => {
    using field = await prepare({ kernels: spec.kernels.slice(0, 2) });
    const unary = problem.unary.map((energy, i) => (i % 3 === 1 ? 12 : energy));
    const call = { ...problem, unary, compatibilities: [2, 2] };
    const [some, all] = [await field.infer(call), await field.infer({ ...call, tolerance: 0 })];
    expect(largestDifference(some.marginals, all.marginals).value).toBeLessThan(2e-4);
  });

  it('transposes each kernel', async () => {
    using field = await prepare();
    const [a, b] = [wave(pixels * 2, 1.3), wave(pixels * 2, 2.9)];
    for (const kernel of spec.kernels.keys()) {
      const forward = sumOf((await field.filter(kernel, b, 2)).map((value, i) => value * a[i]!));
      const back = sumOf((await field.filter(kernel, a, 2, true)).map((value, i) => value * b[i]!));
      expect(Math.abs(back / forward - 1)).toBeLessThan(1e-4);
    }
  });
}

function testLife(prepare: (changes?: object) => Promise<CrfField>) {
  it('goes on with another picture as if it had begun with it', async () => {
    using field = await prepare();
    const before = await field.infer(problem);
    await field.update({ ...spec, image: picture(11) });
    using other = await prepare({ image: picture(11) });
    const { marginals } = await field.infer(problem);
    expect(largestDifference(marginals, (await other.infer(problem)).marginals).value).toBeLessThan(1e-6);
    expect(largestDifference(marginals, before.marginals).value).toBeGreaterThan(1e-3);
  });

  it.each(changes)('goes on with %s as if it had begun with it', async (_, change) => {
    const next = { ...spec, ...change };
    const call = { ...problem, compatibilities: next.kernels.map(() => 1) };
    using other = await prepare(next);
    using field = await prepare();
    await field.update(next);
    const there = await field.infer(call);
    expect(there).toEqual(await other.infer(call));
    await field.update(spec);
    using fresh = await prepare();
    expect(await field.infer(problem)).toEqual(await fresh.infer(problem));
  });

  it('prepares only kernels that are not there yet', async () => {
    using field = await prepare();
    const preparedFor = async (next: FieldSpec): Promise<readonly (string | undefined)[]> => {
      const items: (string | undefined)[] = [];
      await field.update(next, { onProgress: ({ phase, item }) => void (phase === 'prepare' && items.push(item)) });
      return items;
    };
    expect(await preparedFor({ ...spec, kernels: spec.kernels.toReversed() })).toEqual([]);
    expect(await preparedFor(spec)).toEqual([]);
    expect(await preparedFor({ ...spec, image: picture(5) })).toEqual(['bilateral']);
    expect(await preparedFor({ ...spec, image: picture(5) })).toEqual(['bilateral']);
  });

  it('answers the same when asked at once', async () => {
    using field = await prepare();
    const alone = await field.infer(problem);
    const together = await Promise.all([
      field.infer(problem),
      field.infer({ ...problem, iterations: 1 }),
      field.infer(problem),
    ]);
    expect(together[0]).toEqual(alone);
    expect(together[2]).toEqual(alone);
  });

  it('says how far it is', async () => {
    using field = await prepare();
    const steps: Progress[] = [];
    await field.infer(problem, { onProgress: (progress) => void steps.push(progress) });
    expect(steps.map(({ completed }) => completed)).toEqual(steps.map(({ completed }) => completed).toSorted());
    expect(steps.at(-1)).toMatchObject({ phase: 'infer', completed: 4, total: 4 });
  });

  it('can be aborted in the middle, and works afterwards', async () => {
    using field = await prepare();
    const expected = await field.infer(problem);
    const abort = new AbortController();
    const onProgress = () => abort.abort(new Error('enough'));
    await expect(
      field.infer({ ...problem, iterations: 100_000 }, { signal: abort.signal, onProgress }),
    ).rejects.toThrow('enough');
    await expect(field.infer(problem, { signal: abort.signal })).rejects.toThrow('enough');
    expect(await field.infer(problem)).toEqual(expected);
  });

  it('says how far a filtering is, can be aborted in it, and works afterwards', async () => {
    using field = await prepare();
    const expected = await field.filter(0, wave(pixels * 3, 1.3), 3);
    const abort = new AbortController();
    const steps: Progress[] = [];
    const onProgress = (progress: Progress) => {
      steps.push(progress);
      abort.abort(new Error('enough'));
    };
    // long enough to be interrupted
    const channels = 50_000;
    const long = field.filter(0, wave(pixels * channels, 1.3), channels, false, { signal: abort.signal, onProgress });
    await expect(long).rejects.toThrow('enough');
    expect(steps[0]).toMatchObject({ phase: 'filter' });
    await expect(field.filter(0, wave(pixels * 3, 1.3), 3, false, { signal: abort.signal })).rejects.toThrow('enough');
    expect(await field.filter(0, wave(pixels * 3, 1.3), 3)).toEqual(expected);
  });

  it('throws once it is disposed', async () => {
    const field = await prepare();
    expect(field.memory.bytes).toBeGreaterThan(0);
    field.dispose();
    field.dispose();
    expect(field.memory.bytes).toBe(0);
    await expect(field.infer(problem)).rejects.toMatchObject({ code: 'DISPOSED' });
    await expect(field.filter(0, wave(pixels, 1), 1)).rejects.toMatchObject({ code: 'DISPOSED' });
    await expect(field.update(spec)).rejects.toMatchObject({ code: 'DISPOSED' });
  });

  it('stays as large as it is over a thousand runs and pictures', async () => {
    using field = await prepare({ kernels: spec.kernels.slice(0, 2) });
    const call = { ...problem, compatibilities: [1, 1], iterations: 1 };
    const round = async (): Promise<void> => {
      await field.infer({ ...call, labels: 9, unary: wave(pixels * 9, 1.1) });
      await field.infer(call);
      await field.update({ ...spec, image: picture(3), kernels: spec.kernels.slice(0, 2) });
    };
    await round();
    const { bytes } = field.memory;
    for (let run = 0; run < 500; run++) await round();
    expect(field.memory.bytes).toBe(bytes);
  });
}

/** The suite that every engine passes. */
export function testEngine(engine: CrfEngine, contract: EngineContract, title: string = engine.name): void {
  const prepare = (changes: object = {}): Promise<CrfField> => engine.prepare({ ...spec, ...changes });
  describe(`the contract of engines, by "${title}"`, () => {
    testAnswers(engine, prepare, contract);
    testLife(prepare);
  });
}
