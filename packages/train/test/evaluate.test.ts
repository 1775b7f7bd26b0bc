import { createGraphBuilder, type Graph, type Weights } from '@atrous/core';
import { wasm } from '@atrous/runtime-tfjs/wasm';
import { createEvaluator, type Batch, type EvaluationSource } from '@atrous/train';
import { expect, it } from 'vitest';
import { labels, tinyRun } from './support/tiny-run.ts';

/** The image's channels are the logits. */
function identity(outputs: (scores: ReturnType<ReturnType<typeof createGraphBuilder>['conv2d']>) => object): Graph {
  const b = createGraphBuilder();
  const scores = b.conv2d(b.input(), { name: 'scores', filters: 3, kernel: 1 });
  return b.build(outputs(scores) as Record<string, typeof scores>);
}
const weights: Weights = new Map([
  ['scores/weights', { shape: [1, 1, 3, 3], data: Float32Array.of(1, 0, 0, 0, 1, 0, 0, 0, 1) }],
]);

/** One row of pixels, each of a class. */
const row = (predicted: readonly number[], truth: readonly number[]): Batch => ({
  images: {
    shape: [1, 1, predicted.length, 3],
    data: Float32Array.from(predicted.flatMap((id) => [0, 1, 2].map((channel) => (channel === id ? 1 : 0)))),
  },
  labels: { shape: [1, 1, truth.length], data: Int32Array.from(truth) },
});
const sourceOf = (...rows: readonly Batch[]): EvaluationSource => ({
  labels,
  count: rows.length,
  batch: async (index) => rows[index]!,
});

it('scores all images of any size by one matrix, ignored pixels aside', async () => {
  using network = await wasm().trainable(
    identity((logits) => ({ logits })),
    weights,
  );
  const images = sourceOf(row([0, 0, 1, 1], [0, 1, 1, 255]), row([0, 0], [0, 0]));
  const seen: number[] = [];
  const evaluation = await createEvaluator({ images })(network, {
    onProgress: ({ completed }) => seen.push(completed),
  });
  // class 0: 3 right, 1 too many; class 1: 1 right, 1 missed; class 2 is nowhere
  expect(evaluation).toEqual({
    meanIou: (3 / 4 + 1 / 2) / 2,
    pixelAccuracy: 4 / 5,
    classIou: [3 / 4, 1 / 2, null],
    predicted: [0, 1],
    truth: [0, 1],
  });
  expect(seen).toEqual([1, 2]);
});

it('enlarges logits to the labels', async () => {
  const b = createGraphBuilder();
  const logits = b.conv2d(b.input(), { name: 'scores', filters: 3, kernel: 1, stride: 4, padding: 'valid' });
  using network = await wasm().trainable(b.build({ logits }), weights);
  // read at pixels 0 and 4; the middle lies between and has the ignore label
  const images = sourceOf(row([0, 1, 1, 1, 2], [0, 0, 255, 2, 2]));
  expect((await createEvaluator({ images })(network)).meanIou).toBe(1);
});

it('refuses networks without logits and truths that are no classes', async () => {
  using network = await wasm().trainable(
    identity((scores) => ({ scores })),
    weights,
  );
  const images = sourceOf(row([0], [0]));
  await expect(createEvaluator({ images })(network)).rejects.toMatchObject({ code: 'OUTPUT_UNKNOWN' });
  using good = await wasm().trainable(
    identity((logits) => ({ logits })),
    weights,
  );
  await expect(createEvaluator({ images: sourceOf(row([0], [7])) })(good)).rejects.toMatchObject({
    code: 'CLASS_UNKNOWN',
  });
});

it('does not change what it scores, the average of a run included', async () => {
  const scores: number[] = [];
  const average: Weights[] = [];
  const [scored, alone] = [
    await tinyRun(wasm(), {
      steps: 4,
      averageDecay: 0.9,
      evaluate: {
        every: 1,
        run: async (network) => {
          const now = await network.download();
          scores.push(now.get('classifier/weights')!.data[0]!);
          return { meanIou: 0.5, pixelAccuracy: 0.5, classIou: [], predicted: [0, 1], truth: [0, 1] };
        },
      },
      onEvaluation: async (_, __, weightsNow) => void average.push(await weightsNow()),
    }),
    await tinyRun(wasm(), { steps: 4, averageDecay: 0.9, evaluate: undefined }),
  ];
  for (const [name, { data }] of alone.weights) expect([...scored.weights.get(name)!.data]).toEqual([...data]);
  expect(scores).toEqual(average.map((now) => now.get('classifier/weights')!.data[0]));
});
