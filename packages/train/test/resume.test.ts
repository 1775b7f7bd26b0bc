import type { Weights } from '@atrous/core';
import { wasm } from '@atrous/runtime-tfjs/wasm';
import { adamW, decodeCheckpoint, encodeCheckpoint, type TrainingCheckpoint, type TrainOptions } from '@atrous/train';
import { describe, expect, it } from 'vitest';
import { tinyRun } from './support/tiny-run.ts';

const plain = (weights: Weights) => [...weights].map(([name, { data }]) => [name, [...data]]);

/** The checkpoint after some steps of a run. */
async function checkpointAt(step: number, options: Partial<TrainOptions>): Promise<TrainingCheckpoint> {
  const saved: TrainingCheckpoint[] = [];
  await tinyRun(wasm(), { ...options, checkpoint: { every: step, save: async (one) => void saved.push(one) } });
  return saved[0]!;
}

describe.each<[string, Partial<TrainOptions>]>([
  ['with momentum', {}],
  [
    'with AdamW, an average, clipping and two batches a step',
    { optimizer: adamW(), averageDecay: 0.9, clipNorm: 1, accumulate: 2 },
  ],
  [
    'with a frozen stem and frozen statistics',
    { freeze: ({ name }) => name.startsWith('stem'), batchNorm: { statistics: 'frozen' } },
  ],
])('a run %s', (_, options) => {
  it('goes on bit for bit from a checkpoint that was a file', async () => {
    const all = { ...options, steps: 6 };
    const whole = await tinyRun(wasm(), all);
    const checkpoint = await checkpointAt(4, all);
    expect(checkpoint.step).toBe(4);
    const losses: number[] = [];
    const resume = decodeCheckpoint(encodeCheckpoint(checkpoint));
    const resumed = await tinyRun(wasm(), { ...all, resume, onStep: ({ loss }) => losses.push(loss) });
    expect(losses.length).toBe(2);
    expect(plain(resumed.weights)).toEqual(plain(whole.weights));
    expect([resumed.loss, resumed.evaluation]).toEqual([whole.loss, whole.evaluation]);
  });
});

it('saves a checkpoint of whole steps when it is aborted', async () => {
  const stop = new AbortController();
  const saved: number[] = [];
  const run = tinyRun(wasm(), {
    steps: 10,
    signal: stop.signal,
    onStep: ({ step }) => step === 3 && stop.abort(new Error('enough')),
    checkpoint: { every: 10, save: async ({ step }) => void saved.push(step) },
  });
  await expect(run).rejects.toThrowError('enough');
  expect(saved).toEqual([3]);
});

describe('a checkpoint of another run is refused:', () => {
  it.each<[string, Partial<TrainOptions>, RegExp]>([
    ['another optimiser', { optimizer: adamW() }, /the optimiser "sgd", this run has "adamw"/],
    ['another seed', { seed: 1 }, /the seed 0, this run has 1/],
    ['another configuration', { config: { batch: 8 } }, /the configuration null, this run has \{"batch":8\}/],
    ['fewer steps', { steps: 1 }, /more steps: 2, this run has 1/],
    ['other frozen parameters', { freeze: ({ name }) => name.startsWith('stem') }, /has the slots of "momentum\/stem/],
    ['an average', { averageDecay: 0.9 }, /lacks the average of "stem\/weights"/],
  ])('%s', async (_, options, message) => {
    const resume = await checkpointAt(2, { steps: 2 });
    const run = tinyRun(wasm(), { steps: 4, ...options, resume });
    await expect(run).rejects.toThrowError(message);
    await expect(run).rejects.toMatchObject({ code: 'CHECKPOINT_MISMATCH' });
  });
});

it('refuses files that are no checkpoints of a run', async () => {
  const { writeSafetensors } = await import('@atrous/weights');
  expect(() => decodeCheckpoint(writeSafetensors(new Map()))).toThrowError(/no checkpoint of a training run/);
  const cut = encodeCheckpoint(await checkpointAt(1, { steps: 1 })).subarray(0, -5);
  expect(() => decodeCheckpoint(cut)).toThrowError(/broken/);
  const facts = { format: 'atrous-training', version: '1', training: '{"step":-1}' };
  expect(() => decodeCheckpoint(writeSafetensors(new Map(), facts))).toThrowError(/does not say everything/);
});
