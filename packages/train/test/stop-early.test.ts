import { cpu } from '@atrous/runtime-tfjs/cpu';
import {
  createEvaluator,
  crossEntropy,
  TrainingError,
  type Batch,
  type TrainingCheckpoint,
  type TrainOptions,
} from '@atrous/train';
import { mul } from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { batches, pictures, tinyRun } from './support/tiny-run.ts';

/** A run that is expected to fail. */
const failure = (options: Partial<TrainOptions>): Promise<unknown> =>
  tinyRun(cpu(), { steps: 30, evaluate: undefined, ...options }).then(
    () => expect.unreachable('the run went on'),
    (error: unknown) => error,
  );

const changed = (change: (batch: Batch) => Batch): Partial<TrainOptions> => ({
  batches: { ...batches, batch: async (step) => change(await batches.batch(step)) },
});
const withLabels = (value: (id: number) => number): Partial<TrainOptions> =>
  changed(({ images, labels }) => ({ images, labels: { ...labels, data: Int32Array.from(labels.data, value) } }));

describe('a run is stopped', () => {
  it('when the loss is no number', async () => {
    const error = await failure({ schedule: () => 1e12 });
    expect(error).toBeInstanceOf(TrainingError);
    expect(error).toMatchObject({
      code: 'LOSS_NOT_FINITE',
      message: expect.stringMatching(/the loss became (NaN|Infinity) at step \d/) as string,
      hint: expect.stringMatching(/lower the learning rate/) as string,
    });
  });

  it('when the gradients that are clipped are no numbers', async () => {
    const loss = crossEntropy();
    const error = await failure({ clipNorm: 1, loss: (logits, labels) => loss(mul(logits, 1e30), labels) });
    expect(error).toMatchObject({
      code: 'LOSS_NOT_FINITE',
      message: expect.stringMatching(/the gradients became (NaN|Infinity) at step 1/) as string,
    });
  });

  it('before broken weights reach a checkpoint', async () => {
    const saved: number[] = [];
    const save = async ({ step, weights }: TrainingCheckpoint): Promise<void> => {
      saved.push(step);
      expect([...weights.values()].every(({ data }) => data.every(Number.isFinite))).toBe(true);
    };
    const error = await failure({ schedule: () => 1e12, checkpoint: { every: 1, save } });
    expect(error).toMatchObject({
      code: 'WEIGHTS_NOT_FINITE',
      message: expect.stringMatching(/the weights are broken/) as string,
    });
    expect(saved.length).toBeGreaterThan(0);
  });

  it('when a mask has a value that is no class', async () => {
    expect(await failure(withLabels((id) => (id === 2 ? 3 : id)))).toMatchObject({
      code: 'CLASS_UNKNOWN',
      message: expect.stringMatching(
        /the value 3, which is neither one of 3 classes \(0 … 2\) nor the ignore label \(255\)/,
      ) as string,
      hint: expect.stringMatching(/atrous doctor/) as string,
    });
  });

  it('when nothing is labelled for long', async () => {
    const steps: number[] = [];
    const error = await failure({ ...withLabels(() => 255), onStep: ({ step }) => steps.push(step) });
    expect(error).toMatchObject({ code: 'NOTHING_LABELLED' });
    expect(steps.length).toBe(19);
  });

  it('when a batch is empty', async () => {
    const empty: Batch = {
      images: { shape: [0, 17, 17, 3], data: new Float32Array(0) },
      labels: { shape: [0, 17, 17], data: new Int32Array(0) },
    };
    expect(await failure(changed(() => empty))).toMatchObject({ code: 'DATASET_EMPTY' });
    expect(() => createEvaluator({ images: { ...pictures, count: 0 } })).toThrowError(/no images to evaluate on/);
  });

  it('when every pixel gets the same class, once every image was seen', async () => {
    const evaluated: number[] = [];
    const error = await failure({
      batches: { ...batches, stepsPerEpoch: 4 },
      evaluate: {
        every: 2,
        run: async () => {
          evaluated.push(0);
          return { meanIou: 0.2, pixelAccuracy: 0.6, classIou: [0.6, 0, 0], predicted: [0], truth: [0, 1, 2] };
        },
      },
    });
    expect(error).toMatchObject({
      code: 'CONSTANT_PREDICTION',
      message: 'after 4 steps the network gives class 0 to every pixel',
    });
    expect(evaluated.length).toBe(2);
  });

  it.each<[string, Partial<TrainOptions>, RegExp]>([
    ['everything is frozen', { freeze: () => true }, /every parameter is frozen/],
    ['steps are not whole', { steps: 1.5 }, /steps must be whole/],
    [
      'the loss reads an output that is not there',
      { loss: [{ output: 'scores', loss: crossEntropy() }] },
      /no output "scores", the graph has logits, side/,
    ],
  ])('before it begins when %s', async (_, options, message) => {
    expect(await failure(options)).toMatchObject({ message: expect.stringMatching(message) as string });
  });
});
