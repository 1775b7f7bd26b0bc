import { AtrousError, type Graph, type LongRunningOptions } from '@atrous/core';
import type { TfjsRuntime } from '@atrous/runtime-tfjs';
import {
  adamW,
  atLabelSize,
  createEvaluator,
  crossEntropy,
  poly,
  train,
  trainedParameters,
  type Batch,
  type BatchSource,
  type Evaluation,
  type TrainedParameter,
  type TrainOptions,
} from '@atrous/train';
import { createBundle, type Bundle } from '@atrous/weights';
import { UNPAINTED } from '../../paint/painting.ts';
import type { TrainingReport, TrainingRequest } from '../protocol.ts';
import { classWeights } from './class-weights.ts';
import { createPhotoNetwork, type PhotoNetwork } from './photo-network.ts';
import { forTraining, preparePhotos } from './prepared-photos.ts';
import { classifierParameters, startNetwork, type StartNetwork } from './start-network.ts';

/** How a run is watched and ended. */
export interface FineTuneOptions extends LongRunningOptions {
  /** Ends the run early; what it learned is kept. */
  readonly finish: AbortSignal;
  readonly onReport?: ((report: TrainingReport) => void) | undefined;
}

/**
 * Trains everything but the backbone on painted photos: a minute's work where a whole network takes days.
 *
 * Batch normalisations stay as they are: the few pixels of one photo are a poor sample of all there are.
 *
 * @throws with the signal's reason when aborted; AtrousError when it is finished before its first step; as `train`.
 */
export async function fineTune(
  runtime: TfjsRuntime,
  bundle: Bundle,
  request: TrainingRequest,
  options: FineTuneOptions,
): Promise<Bundle> {
  const start = startNetwork(bundle, request.classes);
  const preprocessing = forTraining(bundle.preprocessing);
  const prepared = await preparePhotos(request.photos, preprocessing, options);
  const freeze = frozenParameters(start.graph);
  const trained = new Set(trainedParameters(start.graph).flatMap((entry) => (freeze(entry) ? [] : [entry.name])));
  const images = prepared.map((batch) => batch.images);
  const photos = await createPhotoNetwork(runtime, start, images, trained, options);
  using network = photos.network;
  const steps = await runSteps({ bundle, request, options, start, photos, prepared, freeze });
  const weights = await network.use(() => network.download());
  return trainedBundle(bundle, { ...start, weights }, `${steps} steps on ${request.photos.length} painted photos`);
}

interface Parts {
  readonly bundle: Bundle;
  readonly request: TrainingRequest;
  readonly options: FineTuneOptions;
  readonly start: StartNetwork;
  readonly photos: PhotoNetwork;
  /** Photos as batches, each followed by its mirror image. */
  readonly prepared: readonly Batch[];
  readonly freeze: (parameter: TrainedParameter) => boolean;
}

/** @returns number of steps done. */
async function runSteps(parts: Parts): Promise<number> {
  const { bundle, request, options, start, photos, prepared, freeze } = parts;
  const { signal, finish, onReport, onProgress } = options;
  const { graph, labels, knowsClasses } = start;
  const { steps } = request;
  const classifiers = classifierParameters(graph);
  let last: TrainingReport | undefined;
  const report = (next: TrainingReport) => onReport?.((last = next));
  const loss = crossEntropy({ ignoreLabel: UNPAINTED, classWeights: classWeights(prepared, labels.classes.length) });
  const training: TrainOptions = {
    network: photos.network,
    batches: inTurn(parts),
    loss: atLabelSize(loss, bundle.preprocessing.upsample),
    optimizer: adamW({ weightDecay: 1e-4 }),
    schedule: poly({ base: 3e-4, steps }),
    // New filters have everything to learn, the others little.
    groups: knowsClasses ? [] : [{ match: ({ name }) => classifiers.has(name), rate: 30 }],
    freeze,
    batchNorm: { statistics: 'frozen' },
    clipNorm: 5,
    steps,
    signal: AbortSignal.any([finish, ...(signal ? [signal] : [])]),
    onProgress,
    onStep: ({ step, loss: value }) => report({ step, loss: value }),
    evaluate: { every: Math.max(1, Math.min(10, Math.ceil(steps / 6))), run: evaluator(parts) },
    onEvaluation: ({ pixelAccuracy }: Evaluation) => {
      if (last) report({ ...last, accuracy: pixelAccuracy });
    },
  };
  try {
    await train(training);
  } catch (error) {
    // Only the wish to finish early is no failure.
    if (!finish.aborted || signal?.aborted) throw error;
  }
  if (last) return last.step;
  throw new AtrousError('the training was stopped before its first step', {
    code: 'TRAINING_EMPTY',
    hint: 'train again, and stop when the curve has come down',
  });
}

/** The photos one after the other, then again. */
const inTurn = ({ prepared, photos, start, request }: Parts): BatchSource => ({
  labels: start.labels,
  // A handful of strokes may well look all alike to the network at first: that is no reason to stop.
  stepsPerEpoch: request.steps,
  batch: async (step) => {
    // Backends that compute in this thread never wait: the wish to stop has to come through.
    await new Promise((resolve) => setTimeout(resolve));
    photos.turnTo(step % prepared.length);
    return prepared[step % prepared.length] as Batch;
  },
});

/** Scores the photos as they are, without their mirror images. */
const evaluator = ({ prepared, photos, start: { labels }, bundle }: Parts) =>
  createEvaluator({
    images: {
      labels,
      count: prepared.length / 2,
      batch: async (index) => {
        photos.turnTo(2 * index);
        return prepared[2 * index] as Batch;
      },
    },
    corners: bundle.preprocessing.upsample,
  });

const isOfBackbone = ({ name }: TrainedParameter): boolean => name.startsWith('backbone/');

/** The backbone; where no part of a network has that name, all but the classifiers. */
function frozenParameters(graph: Graph): (parameter: TrainedParameter) => boolean {
  if (trainedParameters(graph).some(isOfBackbone)) return isOfBackbone;
  const classifiers = classifierParameters(graph);
  return ({ name }) => !classifiers.has(name);
}

const suffix = ', fine-tuned';

function trainedBundle(
  { manifest, preprocessing }: Bundle,
  { graph, weights, labels, knowsClasses }: StartNetwork,
  training: string,
): Bundle {
  const { name, description, model, provenance } = manifest;
  return createBundle({
    name: name.endsWith(suffix) ? name : name + suffix,
    description,
    // Its description names the number of classes that it had.
    model: knowsClasses ? model : undefined,
    graph,
    weights,
    labels,
    preprocessing,
    provenance: { ...provenance, training },
  });
}
