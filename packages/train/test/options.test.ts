import { retarget, type Weights } from '@atrous/core';
import { wasm } from '@atrous/runtime-tfjs/wasm';
import {
  atLogitsSize,
  blockOutputs,
  createEvaluator,
  crossEntropy,
  initialWeights,
  sgd,
  train,
  type Optimizer,
  type TrainOptions,
} from '@atrous/train';
import { memory } from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { batches, pictures, tinyNetwork, tinyRun } from './support/tiny-run.ts';

const before = initialWeights(tinyNetwork(), { seed: 1 });
const after = async (steps: number, options: Partial<TrainOptions>): Promise<Weights> =>
  (await tinyRun(wasm(), { steps, evaluate: undefined, ...options })).weights;
const values = (weights: Weights, name: string): readonly number[] => [...weights.get(name)!.data];
/** Names of the parameters that differ from the initial ones. */
const moved = (weights: Weights): string[] =>
  [...weights.keys()].filter((name) => values(weights, name).join() !== values(before, name).join());
/** Descent without a memory, so that a step is the rate times the gradient. */
const plain: Partial<TrainOptions> = { optimizer: sgd({ momentum: 0 }), schedule: () => 0.01 };
const change = (weights: Weights, name: string): number =>
  Math.hypot(...values(weights, name).map((value, i) => value - values(before, name)[i]!));

describe('frozen parameters', () => {
  it('keep their values, and batch normalisations their statistics', async () => {
    const changed = moved(await after(2, { freeze: ({ node }) => node.startsWith('stem') }));
    expect(changed.filter((name) => name.startsWith('stem'))).toEqual([]);
    expect(changed).toContain('atrous/norm/moving_mean');
    expect(changed).toContain('classifier/biases');
  });

  it('and what the loss does not depend on stays, with decay too', async () => {
    const changed = moved(
      await after(2, { loss: crossEntropy(), optimizer: sgd({ weightDecay: 0.1 }), decayed: 'all' }),
    );
    expect(changed.filter((name) => name.startsWith('side'))).toEqual([]);
  });
});

describe('batch normalisation', () => {
  const STATISTIC = 'stem/norm/moving_variance';

  it('moves its statistics by the decay of the node or another one', async () => {
    const [own, slow] = [await after(1, {}), await after(1, { batchNorm: { decay: 0.99 } })];
    expect(change(slow, STATISTIC) / change(own, STATISTIC)).toBeCloseTo(0.1, 4);
    const biased = await after(1, { batchNorm: { divisor: 'n' } });
    const count = 4 * 9 * 9;
    // v ← 0.9 v + 0.1 s, with s larger by count / (count − 1) when it is unbiased
    const [unbiased, direct] = [own, biased].map((weights) => (values(weights, STATISTIC)[0]! - 0.9) / 0.1);
    expect(unbiased! / direct!).toBeCloseTo(count / (count - 1), 4);
  });

  it('keeps its statistics when they are frozen, and still learns gamma and beta', async () => {
    const changed = moved(await after(2, { batchNorm: { statistics: 'frozen' } }));
    expect(changed.filter((name) => name.includes('moving'))).toEqual([]);
    expect(changed).toContain('stem/norm/gamma');
  });
});

describe('groups', () => {
  it('have rates of their own, the first that matches', async () => {
    const groups = [
      { match: ({ name }: { name: string }) => name === 'classifier/biases', rate: 20 },
      { match: ({ node }: { node: string }) => node === 'classifier', rate: 10 },
    ];
    const [even, grouped] = [await after(1, plain), await after(1, { ...plain, groups })];
    expect(change(grouped, 'classifier/weights') / change(even, 'classifier/weights')).toBeCloseTo(10, 3);
    expect(change(grouped, 'classifier/biases') / change(even, 'classifier/biases')).toBeCloseTo(20, 3);
    expect(values(grouped, 'stem/weights')).toEqual(values(even, 'stem/weights'));
  });

  it('decide what decays', async () => {
    const decays = async (options: Partial<TrainOptions>): Promise<number[]> => {
      const seen = new Map<number, number>();
      const spy: Optimizer = {
        ...sgd(),
        update: (step) => {
          seen.set(step.value.rank, Math.max(seen.get(step.value.rank) ?? 0, step.decay));
          return sgd().update(step);
        },
      };
      await after(1, { ...options, optimizer: spy });
      return [seen.get(1)!, seen.get(4)!];
    };
    expect(await decays({})).toEqual([0, 1]);
    expect(await decays({ decayed: 'all' })).toEqual([1, 1]);
    expect(await decays({ groups: [{ match: () => true, decay: 0.5 }] })).toEqual([0.5, 0.5]);
  });
});

it('clipped gradients have the norm that is asked for', async () => {
  const norms: (number | undefined)[] = [];
  const clipNorm = 0.01;
  const weights = await after(1, { ...plain, clipNorm, onStep: ({ gradientNorm }) => norms.push(gradientNorm) });
  const names = [...weights.keys()].filter((name) => !name.includes('moving'));
  const length = Math.hypot(...names.map((name) => change(weights, name)));
  expect(norms[0]).toBeGreaterThan(clipNorm);
  expect(length / 0.01).toBeCloseTo(clipNorm, 5);
});

it('two batches a step have the mean of their gradients', async () => {
  const one = (index: number) =>
    after(1, { ...plain, freeze, batches: { ...batches, batch: () => batches.batch(index) } });
  // without dropout, which drops something else in each batch
  const freeze: TrainOptions['freeze'] = ({ node }) => !node.startsWith('side');
  const [first, second, both] = [await one(0), await one(1), await after(1, { ...plain, freeze, accumulate: 2 })];
  values(both, 'side/weights').forEach((value, i) =>
    expect(value).toBeCloseTo((values(first, 'side/weights')[i]! + values(second, 'side/weights')[i]!) / 2, 6),
  );
});

it('the average lies between the weights that it is of', async () => {
  const seen: Weights[] = [];
  const options: Partial<TrainOptions> = {
    averageDecay: 0.9,
    checkpoint: { every: 1, save: async ({ weights }) => void seen.push(weights) },
  };
  const average = await after(2, options);
  const NAME = 'classifier/weights';
  // the decay starts at 1 / 10, then 2 / 11
  const start = values(before, NAME).map((value, i) => 0.1 * value + 0.9 * values(seen[0]!, NAME)[i]!);
  values(average, NAME).forEach((value, i) =>
    expect(value).toBeCloseTo((2 / 11) * start[i]! + (9 / 11) * values(seen[1]!, NAME)[i]!, 6),
  );
});

it('values that are computed again on the way back lead to the same weights in less memory', async () => {
  const held: number[] = [];
  const loss: TrainOptions['loss'] = (logits, labels) => {
    held.push(memory().numBytes);
    return crossEntropy()(logits, labels);
  };
  const [kept, again] = [await after(1, { loss }), await after(1, { loss, keep: blockOutputs(tinyNetwork()) })];
  for (const name of kept.keys())
    values(again, name).forEach((value, i) => expect(value).toBeCloseTo(values(kept, name)[i]!, 5));
  expect(held[1]! / held[0]!).toBeLessThan(0.75);
});

it('the blocks of a network end where several nodes read, at sums and at concatenations', () => {
  expect([...blockOutputs(tinyNetwork())]).toEqual(['activation', 'concat', 'side', 'resizeBilinear_1']);
});

it('losses of several outputs add up', async () => {
  const lossOf = async (loss: TrainOptions['loss']): Promise<number> =>
    (await tinyRun(wasm(), { steps: 1, evaluate: undefined, loss })).loss!;
  const [main, side] = [crossEntropy(), atLogitsSize(crossEntropy())];
  const sum = await lossOf([{ loss: main }, { output: 'side', loss: side, weight: 0.5 }]);
  expect(sum).toBeCloseTo((await lossOf(main)) + 0.5 * (await lossOf([{ output: 'side', loss: side }])), 5);
});

it('a network is evaluated at a finer output stride than it is trained at', async () => {
  const graph = retarget(tinyNetwork(), 4);
  using network = await wasm().trainable(graph, before);
  const strides: (number | null)[] = [];
  const evaluator = createEvaluator({ images: pictures, outputStride: 2 });
  const { evaluation } = await train({
    network: { ...network, withGraph: (other) => (strides.push(other.outputStride), network.withGraph(other)) },
    batches,
    loss: crossEntropy(),
    optimizer: sgd(),
    schedule: () => 0.1,
    steps: 4,
    evaluate: { every: 4, run: evaluator },
  });
  expect(strides).toEqual([4, 2]);
  expect(evaluation?.meanIou).toBeGreaterThan(0);
});
