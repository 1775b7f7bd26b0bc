import type { TrainableNetwork } from '@atrous/runtime-tfjs';
import { train, type TrainResult } from '@atrous/train';
import { writeBundle } from '@atrous/weights/node';
import type { Context } from '../context.ts';
import { resumableConfig } from './config/resumable-config.ts';
import { openTrainingBatches } from './data/open-batches.ts';
import { evaluateHook, evaluateWeights, stepHooks, stopwatch, type LiveRun } from './live-run.ts';
import { recipeOf } from './recipe/recipe-of.ts';
import { createNarrator } from './record/narrator.ts';
import { createRunRecorder } from './record/run-recorder.ts';
import type { RunTrainingOptions, TrainingSummary } from './run-options.ts';

async function trainNetwork(live: LiveRun): Promise<TrainResult> {
  const { context, options } = live;
  const { run, resume } = options;
  const { config, labels, runtime, network, start, ops, trainingSpec } = run;
  const { preprocessing } = network;
  const { signal } = context;
  const batches = await openTrainingBatches({ config, labels, trainingSpec, preprocessing });
  let trainable: TrainableNetwork | undefined;
  try {
    trainable = await runtime.trainable(network.graph, resume?.weights ?? start.weights, { ops, signal });
    return await train({
      network: trainable,
      batches,
      ...recipeOf(run),
      steps: config.steps,
      seed: config.seed,
      accumulate: config.accumulate,
      config: resumableConfig(config),
      resume,
      signal,
      ...stepHooks(live),
      ...evaluateHook(live),
    });
  } finally {
    trainable?.dispose();
    await batches.dispose();
  }
}

/**
 * Trains, and writes log, curves, checkpoints and bundles into the run's folder as it goes.
 *
 * @throws what `train` throws, after the log and the curves say how the run ended.
 */
export async function runTraining(context: Context, options: RunTrainingOptions): Promise<TrainingSummary> {
  const { run, folder, resume, quiet } = options;
  const { config, runtime, bundleOf, validation } = run;
  const { steps, name: title } = config;
  const done = resume?.step ?? 0;
  const { signal } = context;
  using recorder = await createRunRecorder({ folder, title, config, backend: runtime.name, done, steps, signal });
  using narrator = createNarrator(context, done, steps, quiet);
  const best = (resume?.evaluations ?? []).reduce<TrainingSummary['best']>(
    (most, one) => (most !== null && most.meanIou >= one.meanIou ? most : one),
    null,
  );
  const live: LiveRun = { context, options, recorder, narrator, lap: stopwatch(), state: { done, scores: null, best } };
  let reason: 'done' | 'interrupted' | 'failed' = 'failed';
  try {
    const { weights, loss } = await trainNetwork(live);
    await writeBundle(folder.last, bundleOf(weights), { dtype: config.half ? 'float16' : 'float32' });
    // A run that was interrupted after its last step has not been scored yet.
    if (validation && live.state.scores === null) await evaluateWeights(live, steps, weights, validation.samples);
    reason = 'done';
    return { loss: loss ?? null, scores: live.state.scores, best: live.state.best };
  } finally {
    recorder.end(live.state.done, reason === 'failed' && signal.aborted ? 'interrupted' : reason);
    await recorder.writeCurves();
  }
}
