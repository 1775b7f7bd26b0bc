import { createRandom, ShapeError } from '@atrous/core';
import { Worker } from 'node:worker_threads';
import { expect, it, onTestFinished } from 'vitest';
import type { CrfProblem } from '../../src/engine.ts';
import { exact } from '../../src/exact/exact.ts';
import type { KernelSpec } from '../../src/kernel-spec.ts';
import { lattice } from '../../src/lattice/lattice.ts';

const [WIDTH, HEIGHT] = [18, 13];
const PIXELS = WIDTH * HEIGHT;
const KERNELS: readonly KernelSpec[] = [
  { kind: 'gaussian', xyStd: 2 },
  { kind: 'bilateral', xyStd: 6, rgbStd: 20 },
];

/** Colours in four patches. */
function imageOf(seed: number) {
  const random = createRandom('lattice image', seed);
  const data = Uint8Array.from({ length: PIXELS * 3 }, (_, i) => {
    const pixel = Math.floor(i / 3);
    const patch = (pixel % WIDTH > 8 ? 1 : 0) + (pixel > PIXELS / 2 ? 2 : 0);
    return 40 * patch + 20 * (i % 3) + Math.floor(random.uniform(0, 30));
  });
  return { width: WIDTH, height: HEIGHT, data };
}

/** Energies of `labels` labels, of which those from `rare` on are nowhere likely. */
function energiesOf(labels: number, rare = labels): Float32Array {
  const random = createRandom('lattice energies', labels, rare);
  return Float32Array.from(
    { length: PIXELS * labels },
    (_, i) => random.uniform(0, 3) + (i % labels >= rare ? 9 + (i % labels) / 9 : 0),
  );
}

const fieldOf = (kernels = KERNELS, seed = 1) => ({ width: WIDTH, height: HEIGHT, image: imageOf(seed), kernels });
const prepare = (kernels = KERNELS, seed = 1) => lattice().prepare(fieldOf(kernels, seed));

const problemOf = (labels: number, more: Partial<CrfProblem> = {}): CrfProblem => ({
  labels,
  unary: energiesOf(labels),
  compatibilities: [2, 3],
  iterations: 5,
  ...more,
});

const largestDifference = (a: Float32Array, b: Float32Array): number =>
  a.reduce((most, value, i) => Math.max(most, Math.abs(value - b[i]!)), 0);

it.each([2, 3, 4, 5, 21, 24, 25, 29, 64, 150, 256])('gives %i labels marginals that sum to 1', async (labels) => {
  using field = await prepare();
  const { marginals } = await field.infer(problemOf(labels));
  for (let pixel = 0; pixel < PIXELS; pixel++) {
    const sum = marginals.subarray(pixel * labels, (pixel + 1) * labels).reduce((total, q) => total + q, 0);
    expect(sum).toBeCloseTo(1, 5);
  }
});

it.each([26, 50, 150])('finds for %i labels in blocks what few labels give', async (labels) => {
  using field = await prepare();
  const unary = energiesOf(5);
  // all others are so unlikely that they change nothing
  const wide = Float32Array.from({ length: PIXELS * labels }, (_, i) =>
    i % labels < 5 ? unary[Math.floor(i / labels) * 5 + (i % labels)]! : 60,
  );
  const few = await field.infer(problemOf(5, { unary }));
  const many = await field.infer(problemOf(labels, { unary: wide, tolerance: 0 }));
  const narrow = few.marginals.map((_, i) => many.marginals[Math.floor(i / 5) * labels + (i % 5)]!);
  expect(largestDifference(narrow, few.marginals)).toBeLessThan(1e-5);
});

it('leaves labels out by itself whose messages move nothing by 1e-4', async () => {
  using field = await prepare();
  const unary = energiesOf(10);
  for (let pixel = 0; pixel < PIXELS; pixel++) {
    const best = Math.min(...unary.subarray(10 * pixel, 10 * pixel + 7));
    // 0.2 % of the best
    unary.fill(best + 6.2, 10 * pixel + 7, 10 * pixel + 10);
  }
  const all = await field.infer(problemOf(10, { unary, tolerance: 0 }));
  const fewer = await field.infer(problemOf(10, { unary }));
  const difference = largestDifference(fewer.marginals, all.marginals);
  expect(difference).toBeGreaterThan(1e-7);
  expect(difference).toBeLessThan(1e-4);
  const asked = await field.infer(problemOf(10, { unary, tolerance: 1e-3 }));
  expect(asked.marginals).toEqual(all.marginals);
});

it('is near the definition', async () => {
  const [field, definition] = [
    await prepare(),
    await exact().prepare({ width: WIDTH, height: HEIGHT, image: imageOf(1), kernels: KERNELS }),
  ];
  const problem = problemOf(4, { compatibilities: [1, 1] });
  const [approximate, precise] = [await field.infer(problem), await definition.infer(problem)];
  const total = approximate.marginals.reduce((sum, q, i) => sum + Math.abs(q - precise.marginals[i]!), 0);
  expect(total / approximate.marginals.length).toBeLessThan(0.01);
});

it('sees no difference between a weight, the weight of every label, and its multiple of the identity', async () => {
  using field = await prepare();
  const labels = 6;
  const matrix = Float32Array.from({ length: labels * labels }, (_, i) => (i % (labels + 1) === 0 ? 3 : 0));
  const perLabel = new Float32Array(labels).fill(2);
  const plain = await field.infer(problemOf(labels, { tolerance: 0 }));
  for (const compatibilities of [
    [{ perLabel }, 3],
    [2, { matrix }],
    [{ perLabel }, { matrix }],
  ])
    expect(
      largestDifference((await field.infer(problemOf(labels, { compatibilities }))).marginals, plain.marginals),
    ).toBeLessThan(1e-5);
});

it('pushes apart with a negative weight, as the definition does', async () => {
  const kernels: readonly KernelSpec[] = [{ kind: 'gaussian', xyStd: 1, normalization: 'after' }];
  using field = await prepare(kernels);
  using definition = await exact().prepare({ width: WIDTH, height: HEIGHT, kernels });
  const problem = problemOf(3, { compatibilities: [-0.5] });
  const [ours, theirs] = [await field.infer(problem), await definition.infer(problem)];
  expect(largestDifference(ours.marginals, theirs.marginals)).toBeLessThan(0.05);
});

it('drops improbable labels without a visible change', async () => {
  using field = await prepare();
  const problem = problemOf(30, { unary: energiesOf(30, 6) });
  const before = field.memory.bytes;
  const dropped = await field.infer(problem);
  expect(field.memory.bytes).toBe(before);
  const all = await field.infer({ ...problem, tolerance: 0 });
  expect(field.memory.bytes).toBeGreaterThanOrEqual(before);
  expect(largestDifference(dropped.marginals, all.marginals)).toBeLessThan(2e-5);
});

it('keeps labels that messages would make probable', async () => {
  using field = await prepare();
  const random = createRandom('lattice growth');
  // seven labels take turns at being the best; the eighth is nowhere, and wins because it is everywhere the second
  const best = Array.from({ length: PIXELS }, () => random.integer(7));
  const energyOf = (pixel: number, label: number): number => (label < 7 ? (best[pixel] === label ? 0 : 6) : 1);
  const unary = Float32Array.from({ length: PIXELS * 12 }, (_, i) =>
    i % 12 < 8 ? energyOf(Math.floor(i / 12), i % 12) : 20,
  );
  const problem = problemOf(12, { unary, compatibilities: [5, 5], tolerance: 0.38 });
  const all = await field.infer({ ...problem, tolerance: 0 });
  expect(Math.max(...all.marginals.filter((_, i) => i % 12 === 7))).toBeGreaterThan(0.9);
  expect((await field.infer(problem)).marginals).toEqual(all.marginals);
});

it('gives the softmax of negated energies after no step', async () => {
  using field = await prepare();
  const unary = energiesOf(3);
  const { marginals, iterations } = await field.infer(problemOf(3, { unary, iterations: 0 }));
  const powers = [0, 1, 2].map((label) => Math.exp(-unary[label]!));
  const sum = powers.reduce((total, power) => total + power);
  for (const [label, power] of powers.entries()) expect(marginals[label]).toBeCloseTo(power / sum, 6);
  expect(iterations).toBe(0);
});

it('needs no kernels', async () => {
  using field = await prepare([]);
  const few = await field.infer(problemOf(5, { compatibilities: [], iterations: 0 }));
  const many = await field.infer(problemOf(5, { compatibilities: [], iterations: 3 }));
  expect(many.marginals).toEqual(few.marginals);
});

it('stops as soon as nothing changes, and says after how many steps', async () => {
  using field = await prepare();
  const problem = problemOf(4, { iterations: 200, tolerance: 0 });
  const stopped = await field.infer({ ...problem, stopBelow: 1e-3 });
  expect(stopped.iterations).toBeLessThan(200);
  const same = await field.infer({ ...problem, iterations: stopped.iterations });
  expect(stopped.marginals).toEqual(same.marginals);
  const before = await field.infer({ ...problem, iterations: stopped.iterations - 1 });
  expect(largestDifference(stopped.marginals, before.marginals)).toBeLessThanOrEqual(1e-3);
});

it('reports KL and energy of each step, with all kinds of weights', async () => {
  using field = await prepare();
  const compatibilities = [2, { perLabel: Float32Array.of(1, 2, 3, 4) }];
  const problem = problemOf(4, { compatibilities, diagnostics: true });
  const { kl, energy } = await field.infer(problem);
  expect([kl!.length, energy!.length]).toEqual([5, 5]);
  using definition = await exact().prepare({ width: WIDTH, height: HEIGHT, image: imageOf(1), kernels: KERNELS });
  const precise = await definition.infer(problem);
  for (const [i, value] of kl!.entries()) expect(Math.abs(value / precise.kl![i]! - 1)).toBeLessThan(0.02);
  for (const [i, value] of energy!.entries()) expect(Math.abs(value / precise.energy![i]! - 1)).toBeLessThan(0.02);
});

it('goes on with another image as a new field would', async () => {
  using field = await prepare();
  using other = await prepare(KERNELS, 2);
  await field.infer(problemOf(5));
  await field.update(fieldOf(KERNELS, 2));
  expect((await field.infer(problemOf(5))).marginals).toEqual((await other.infer(problemOf(5))).marginals);
});

it('takes no more memory the longer it is used', async () => {
  using field = await prepare();
  await field.infer(problemOf(21));
  const { bytes } = field.memory;
  for (let run = 0; run < 20; run++) {
    await field.infer(problemOf(5 + (run % 3)));
    await field.update(fieldOf(KERNELS, run % 2));
  }
  await field.infer(problemOf(21));
  expect(field.memory.bytes).toBe(bytes);
});

it('ends when told to, and works on', async () => {
  using field = await prepare();
  const stop = new AbortController();
  const options = { signal: stop.signal, onProgress: () => stop.abort() };
  await expect(field.infer(problemOf(4, { iterations: 1e6 }), options)).rejects.toThrow('abort');
  await expect(field.infer(problemOf(4))).resolves.toMatchObject({ iterations: 5 });
});

it('refuses to work after its end', async () => {
  const field = await prepare();
  field.dispose();
  await expect(field.infer(problemOf(4))).rejects.toMatchObject({ code: 'DISPOSED' });
  await expect(field.filter(0, new Float32Array(PIXELS), 1)).rejects.toMatchObject({ code: 'DISPOSED' });
  expect(field.memory.bytes).toBe(0);
});

it.each([2, 3])('gives the same with %i threads, which work on for the next field', async (threads) => {
  const engine = lattice({ threads });
  await expect(engine.available()).resolves.toMatchObject({ detail: `WebAssembly with SIMD, ${threads} threads` });
  using alone = await prepare();
  const problems = [
    problemOf(5),
    problemOf(30, { unary: energiesOf(30, 6) }),
    problemOf(60, { diagnostics: true }),
    problemOf(4, { iterations: 200, stopBelow: 1e-3, tolerance: 0 }),
    problemOf(4, { iterations: 0 }),
  ];
  for (let turn = 0; turn < 2; turn++) {
    using field = await engine.prepare({ width: WIDTH, height: HEIGHT, image: imageOf(1), kernels: KERNELS });
    for (const problem of problems) {
      const [together, expected] = [await field.infer(problem), await alone.infer(problem)];
      expect(largestDifference(together.marginals, expected.marginals)).toBeLessThan(1e-5);
      expect(together.marginals.buffer).toBeInstanceOf(ArrayBuffer);
      expect(together.iterations).toBe(expected.iterations);
      for (const [i, kl] of (together.kl ?? []).entries()) expect(kl / expected.kl![i]!).toBeCloseTo(1, 4);
    }
  }
});

it('gives the same with 2 threads that share the batches of a large lattice', async () => {
  const [width, height, labels] = [120, 60, 4];
  const random = createRandom('large lattice');
  const data = Uint8Array.from({ length: width * height * 3 }, () => random.integer(256));
  const unary = Float32Array.from({ length: width * height * labels }, () => random.uniform(0, 3));
  const field = { width, height, image: { width, height, data }, kernels: KERNELS };
  const problem = problemOf(labels, { unary });
  using engine = lattice({ threads: 2 });
  using together = await engine.prepare(field);
  using alone = await lattice().prepare(field);
  const expected = await alone.infer(problem);
  expect(largestDifference((await together.infer(problem)).marginals, expected.marginals)).toBeLessThan(1e-5);
});

/** What becomes of the threads that are started from now on. */
function recordThreads() {
  const [started, ended]: [Worker[], Worker[]] = [[], []];
  class Recorded extends Worker {
    constructor(...given: ConstructorParameters<typeof Worker>) {
      super(...given);
      started.push(this);
      this.on('exit', () => ended.push(this));
    }
  }
  const threads = process.getBuiltinModule('node:worker_threads');
  threads.Worker = Recorded;
  onTestFinished(() => void (threads.Worker = Worker));
  return { started, ended };
}

it('says so when a thread ends in the middle, and begins anew with the next field', async () => {
  const { started } = recordThreads();
  using engine = lattice({ threads: 2 });
  const start = () => engine.prepare({ width: WIDTH, height: HEIGHT, image: imageOf(1), kernels: KERNELS });
  const field = await start();
  const onProgress = () => void started[1]?.terminate();
  const run = field.infer(problemOf(4, { iterations: 1e6 }), { onProgress });
  await expect(run).rejects.toThrow('a thread of the lattice failed: it has ended');
  await expect(field.infer(problemOf(4))).rejects.toThrow('it has ended');
  field.dispose();
  using next = await start();
  await expect(next.infer(problemOf(4))).resolves.toMatchObject({ iterations: 5 });
  expect(started).toHaveLength(4);
});

it('ends idle threads with the engine, others with their field, and those of fields that could not be prepared', async () => {
  const { started, ended } = recordThreads();
  const engine = lattice({ threads: 2 });
  const spec = { width: WIDTH, height: HEIGHT, image: imageOf(1), kernels: KERNELS };
  const [field, other] = [await engine.prepare(spec), await engine.prepare(spec)];
  other.dispose();
  engine.dispose();
  await expect.poll(() => ended.map((thread) => started.indexOf(thread)).toSorted()).toEqual([2, 3]);
  await expect(field.infer(problemOf(4))).resolves.toMatchObject({ iterations: 5 });
  field.dispose();
  await expect(engine.prepare(spec, { signal: AbortSignal.abort(new Error('enough')) })).rejects.toThrow('enough');
  await expect.poll(() => ended).toHaveLength(6);
});

it.each([0, 1.5, 17, NaN])('refuses %d threads', (threads) => {
  expect(() => lattice({ threads })).toThrow(ShapeError);
});

it('computes in the memory of the last field, and never in that of one at work', async () => {
  const engine = lattice();
  const start = () => engine.prepare({ width: WIDTH, height: HEIGHT, image: imageOf(1), kernels: KERNELS });
  const first = await start();
  const expected = await first.infer(problemOf(256));
  const { bytes } = first.memory;
  const others: ReturnType<typeof start>[] = [];
  const onProgress = (): void => {
    first.dispose();
    if (others.length === 0) others.push(start());
  };
  const running = first.infer(problemOf(256), { onProgress });
  expect((await running).marginals).toEqual(expected.marginals);
  using second = await others[0]!;
  expect(second.memory.bytes).toBeLessThan(bytes);
  expect((await second.infer(problemOf(256))).marginals).toEqual(expected.marginals);
  using third = await start();
  expect(third.memory.bytes).toBe(bytes);
  expect((await third.infer(problemOf(256))).marginals).toEqual(expected.marginals);
});
