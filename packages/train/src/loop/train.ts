import type { Weights } from '@atrous/core';
import { tidy, type Scalar } from '@tensorflow/tfjs-core';
import type { EvaluationRecord, TrainingCheckpoint } from '../checkpoint/training-checkpoint.ts';
import type { Evaluation } from '../evaluate/evaluation.ts';
import { clipGradients, globalNorm } from '../optimizers/clip-gradients.ts';
import { batchGradients, type GradientPlan } from './batch-gradients.ts';
import type { Batch } from './batch-source.ts';
import { checkBatch } from './check-batch.ts';
import { loadGradients } from './load-gradients.ts';
import { checkResume, planTraining } from './prepare.ts';
import { checkLoss, checkPredictions, checkTrained, createLabelWatch } from './stop-early.ts';
import { disposeAll, downloadAll } from './tensors.ts';
import type { StepReport, TrainOptions, TrainResult } from './train-options.ts';
import {
  freshState,
  moveAverage,
  restoredState,
  stepParameters,
  withParameters,
  type FactoredParameter,
  type TrainingState,
} from './training-state.ts';

interface Run {
  readonly options: TrainOptions;
  readonly plan: GradientPlan;
  readonly trained: readonly FactoredParameter[];
  readonly state: TrainingState;
  readonly evaluations: EvaluationRecord[];
}

/**
 * Trains a network.
 *
 * Everything random follows from seeds and steps, so a run that goes on from a checkpoint gives the numbers of one that never stopped, on the
 * same backend. When it is aborted, it saves a checkpoint before it throws the signal's reason.
 *
 * @throws TrainingError when it diverges (`LOSS_NOT_FINITE`, `WEIGHTS_NOT_FINITE`), learns nothing (`CONSTANT_PREDICTION`) or does not fit the checkpoint
 *   (`CHECKPOINT_MISMATCH`).
 * @throws DataError when labels are no classes (`CLASS_UNKNOWN`), or there are none (`DATASET_EMPTY`, `NOTHING_LABELLED`).
 */
export async function train(options: TrainOptions): Promise<TrainResult> {
  const run = await start(options);
  const { steps, evaluate, checkpoint, resume } = options;
  const watchLabels = createLabelWatch();
  const isDue = (every: number, done: number): boolean => done % every === 0 || done === steps;
  let done = resume?.step ?? 0;
  let loss: number | undefined;
  let evaluation: Evaluation | undefined;
  try {
    while (done < steps) {
      const batches = await batchesOf(options, done);
      batches.forEach((batch) => watchLabels(checkBatch(batch, options.batches.labels)));
      const report = await trainStep(run, batches, done);
      done = report.step;
      loss = report.loss;
      options.onStep?.(report);
      options.onProgress?.({ phase: 'train', completed: done, total: steps });
      if (evaluate && isDue(evaluate.every, done)) evaluation = await score(run, done);
      if (checkpoint && isDue(checkpoint.every, done)) await saveCheckpoint(run, done);
    }
    return { weights: await weightsOf(run), loss, evaluation };
  } catch (error) {
    if (options.signal?.aborted) await saveCheckpoint(run, done);
    throw error;
  } finally {
    disposeState(run.state);
  }
}

async function start(options: TrainOptions): Promise<Run> {
  const { network, optimizer, resume, averageDecay, signal } = options;
  await loadGradients();
  const { plan, trained } = planTraining(options);
  if (resume) checkResume(resume, options, trained);
  const state = await network.use(
    async () =>
      resume ? restoredState(network, resume) : freshState(network, trained, optimizer, averageDecay !== undefined),
    signal,
  );
  return { options, plan, trained, state, evaluations: [...(resume?.evaluations ?? [])] };
}

async function batchesOf({ batches, accumulate = 1, signal }: TrainOptions, step: number): Promise<readonly Batch[]> {
  const parts: Batch[] = [];
  for (let part = 0; part < accumulate; part++) {
    signal?.throwIfAborted();
    parts.push(await batches.batch(step * accumulate + part, { signal }));
  }
  return parts;
}

async function trainStep(run: Run, batches: readonly Batch[], step: number): Promise<StepReport> {
  const { plan, trained, state, options } = run;
  const { network, optimizer, schedule, clipNorm, averageDecay } = options;
  return network.use(async () => {
    const { loss, gradients, moved } = batchGradients(plan, batches, step * batches.length);
    try {
      const rate = schedule(step);
      const value = await numberOf(loss);
      const gradientNorm =
        clipNorm === undefined ? undefined : await numberOf(tidy(() => globalNorm(gradients.values())));
      checkLoss(value, gradientNorm, step + 1);
      if (clipNorm !== undefined) clipGradients(gradients, gradientNorm!, clipNorm);
      stepParameters({ network, optimizer, state }, trained, gradients, { step, rate });
      network.assign(moved);
      moved.clear();
      if (state.average) moveAverage(network, state.average, Math.min(averageDecay ?? 0, (1 + step) / (10 + step)));
      return { step: step + 1, loss: value, rate, gradientNorm };
    } finally {
      [gradients, moved].forEach(disposeAll);
    }
  });
}

/** Reads a number from the device and frees it there. */
async function numberOf(scalar: Scalar): Promise<number> {
  try {
    return (await scalar.data())[0]!;
  } finally {
    scalar.dispose();
  }
}

async function score(run: Run, step: number): Promise<Evaluation> {
  const { network, evaluate, signal, onProgress, onEvaluation, batches, steps, accumulate = 1 } = run.options;
  const evaluation = await withParameters(network, run.state.average, () =>
    evaluate!.run(network, { signal, onProgress }),
  );
  run.evaluations.push({ step, meanIou: evaluation.meanIou });
  await onEvaluation?.(evaluation, step, () => weightsOf(run));
  if (step < steps && step * accumulate >= (batches.stepsPerEpoch ?? 0)) checkPredictions(evaluation, step);
  return evaluation;
}

async function weightsOf({ state, options: { network } }: Run): Promise<Weights> {
  if (!state.average) return network.download();
  const { average } = state;
  return network.use(() => downloadAll(average));
}

async function saveCheckpoint(run: Run, step: number): Promise<void> {
  await run.options.checkpoint?.save(await snapshot(run, step));
}

async function snapshot({ state, evaluations, options }: Run, step: number): Promise<TrainingCheckpoint> {
  const { network, seed = 0, config = null, optimizer } = options;
  const weights = await network.download();
  checkTrained(network.graph, weights, step);
  return network.use(async () => ({
    step,
    seed,
    config,
    optimizer: optimizer.name,
    weights,
    slots: await downloadAll(state.slots),
    average: state.average && (await downloadAll(state.average)),
    evaluations: [...evaluations],
  }));
}

function disposeState({ slots, average }: TrainingState): void {
  disposeAll(slots);
  if (average) disposeAll(average);
}
