import {
  DataError,
  inputsOf,
  keepOutputs,
  retarget,
  ShapeError,
  type CornerRule,
  type Graph,
  type LabelMap,
  type RebuildOptions,
} from '@atrous/core';
import { classIou, createConfusionMatrix, meanIou, pixelAccuracy, type ConfusionMatrix } from '@atrous/metrics';
import type { TrainableNetwork } from '@atrous/runtime-tfjs';
import { tensor4d, tidy } from '@tensorflow/tfjs-core';
import type { Batch } from '../loop/batch-source.ts';
import { checkBatch } from '../loop/check-batch.ts';
import type { Evaluation, Evaluator } from './evaluation.ts';
import { predictedLabels } from './predicted-labels.ts';

/** Images to score a network on. */
export interface EvaluationSource {
  readonly labels: LabelMap;
  /** Number of batches. */
  readonly count: number;
  /** Usually of one image each, as images may differ in size. `index` is 0 … `count − 1`. */
  batch(index: number, options?: { readonly signal?: AbortSignal | undefined }): Promise<Batch>;
}

/** Options of {@link createEvaluator}. */
export interface EvaluatorOptions extends RebuildOptions {
  readonly images: EvaluationSource;
  /** Output stride to evaluate at, for example 8 for a network that is trained at 16. Default: the network's own. */
  readonly outputStride?: number | undefined;
  /** How logits are enlarged to the size of the labels. Default `alignCorners`. */
  readonly corners?: CornerRule | undefined;
}

async function addBatch(network: TrainableNetwork, batch: Batch, corners: CornerRule, matrix: ConfusionMatrix) {
  const [, height = 1, width = 1] = batch.labels.shape;
  const predicted = await network.use(async () => {
    const labels = tidy(() => {
      const images = tensor4d(batch.images.data, batch.images.shape as [number, number, number, number], 'float32');
      const pass = network.forward({ [inputsOf(network.graph)[0]!.name]: images });
      try {
        return predictedLabels(pass.outputs['logits']!, height, width, corners);
      } finally {
        pass.dispose();
      }
    });
    try {
      return await labels.data();
    } finally {
      labels.dispose();
    }
  });
  matrix.add(batch.labels.data, predicted);
}

const presentIn = (matrix: ConfusionMatrix, countOf: (id: number, other: number) => number): readonly number[] => {
  const ids = [...Array(matrix.numClasses).keys()];
  return ids.filter((id) => ids.some((other) => matrix.counts[countOf(id, other)]! > 0));
};

function toEvaluation(matrix: ConfusionMatrix): Evaluation {
  const classes = matrix.numClasses;
  return {
    meanIou: meanIou(matrix) ?? 0,
    pixelAccuracy: pixelAccuracy(matrix) ?? 0,
    classIou: classIou(matrix),
    predicted: presentIn(matrix, (id, other) => other * classes + id),
    truth: presentIn(matrix, (id, other) => id * classes + other),
  };
}

/** The graph that is evaluated: logits alone, without the branches of deep supervision. */
function evaluatedGraph(graph: Graph, { outputStride, ops }: EvaluatorOptions): Graph {
  if (graph.outputs['logits'] === undefined)
    throw new ShapeError(
      `the network has the outputs ${Object.keys(graph.outputs).join(', ')}, none is called "logits"`,
      {
        code: 'OUTPUT_UNKNOWN',
      },
    );
  const graphOfLogits = keepOutputs(graph, ['logits']);
  return outputStride === undefined ? graphOfLogits : retarget(graphOfLogits, outputStride, { ops });
}

/**
 * Scores networks by one confusion matrix over all images, in full size.
 *
 * @throws DataError `DATASET_EMPTY` when there are no images.
 */
export function createEvaluator(options: EvaluatorOptions): Evaluator {
  const { images, corners = 'alignCorners' } = options;
  if (images.count === 0)
    throw new DataError('there are no images to evaluate on', {
      code: 'DATASET_EMPTY',
      hint: 'check the name of the split, and that images and masks have the same names',
    });
  return async (network, { signal, onProgress } = {}) => {
    const view = network.withGraph(evaluatedGraph(network.graph, options));
    const { labels, count } = images;
    const matrix = createConfusionMatrix(labels.classes.length, { ignoreLabel: labels.ignoreLabel });
    for (let i = 0; i < count; i++) {
      signal?.throwIfAborted();
      const batch = await images.batch(i, { signal });
      checkBatch(batch, labels);
      await addBatch(view, batch, corners, matrix);
      onProgress?.({ phase: 'evaluate', completed: i + 1, total: count });
    }
    return toEvaluation(matrix);
  };
}
