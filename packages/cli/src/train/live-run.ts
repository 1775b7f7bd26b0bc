import type { Weights } from '@atrous/core';
import type { Dataset } from '@atrous/data';
import type { Evaluation, TrainOptions } from '@atrous/train';
import { writeBundle } from '@atrous/weights/node';
import type { Context } from '../context.ts';
import type { Scores } from '../evaluate/scores.ts';
import type { Narrator } from './record/narrator.ts';
import type { RunRecorder } from './record/run-recorder.ts';
import type { RunTrainingOptions, TrainingSummary } from './run-options.ts';
import { validate } from './validation/validator.ts';

/** Seconds since it was last asked. */
export function stopwatch(): () => number {
  let last = performance.now();
  return () => {
    const now = performance.now();
    const seconds = (now - last) / 1000;
    last = now;
    return seconds;
  };
}

/** Steps between evaluations, and between checkpoints, unless the configuration says. */
const often = (steps: number): number => Math.max(1, Math.ceil(steps / 10));

/** What the parts of a run share. */
export interface LiveRun {
  readonly context: Context;
  readonly options: RunTrainingOptions;
  readonly recorder: RunRecorder;
  readonly narrator: Narrator;
  readonly lap: () => number;
  /** Changed by the hooks. */
  readonly state: { done: number; scores: Scores | null; best: TrainingSummary['best'] };
}

/** Scores weights, and keeps the scores and the best weights. */
export async function evaluateWeights(
  live: LiveRun,
  step: number,
  weights: Weights,
  samples: Dataset['samples'],
): Promise<Evaluation> {
  const { context, options, recorder, narrator, lap, state } = live;
  const { config, runtime, ops, bundleOf } = options.run;
  const { evaluation, scores } = await validate(
    weights,
    { samples, runtime, ops, bundleOf },
    { signal: context.signal },
  );
  state.scores = scores;
  recorder.evaluation(step, scores, samples.length, lap());
  narrator.evaluation(step, scores);
  if (state.best === null || evaluation.meanIou > state.best.meanIou) {
    state.best = { step, meanIou: evaluation.meanIou };
    await writeBundle(options.folder.best, bundleOf(weights), { dtype: config.half ? 'float16' : 'float32' });
  }
  return evaluation;
}

/** Scores the network now and then. */
export function evaluateHook(live: LiveRun): Pick<TrainOptions, 'evaluate'> {
  const { config, validation } = live.options.run;
  if (validation === undefined) return {};
  return {
    evaluate: {
      every: config.evaluateEvery ?? often(config.steps),
      run: async (network) => evaluateWeights(live, live.state.done, await network.download(), validation.samples),
    },
  };
}

/** Records each step, and keeps checkpoints. */
export function stepHooks({
  options,
  recorder,
  narrator,
  lap,
  state,
}: LiveRun): Pick<TrainOptions, 'onStep' | 'checkpoint'> {
  const { run, checkpoints } = options;
  const { checkpointEvery, steps } = run.config;
  return {
    onStep(report) {
      const seconds = lap();
      state.done = report.step;
      recorder.step(report, seconds);
      narrator.step(report, seconds);
    },
    checkpoint: {
      every: checkpointEvery ?? often(steps),
      async save(checkpoint) {
        await checkpoints.save(checkpoint);
        await recorder.writeCurves();
        lap();
      },
    },
  };
}
