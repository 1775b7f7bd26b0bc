import type { LabelMap, OpDefinition, Weights } from '@atrous/core';
import type { Dataset, DatasetSpec } from '@atrous/data/node';
import type { TfjsRuntime } from '@atrous/runtime-tfjs';
import type { Bundle } from '@atrous/weights';
import type { Context } from '../context.ts';
import { opsOf } from '../model-source/open-model.ts';
import { checkClassWeights } from './config/check-class-weights.ts';
import type { TrainConfig } from './config/config-schema.ts';
import { openTrainingData } from './data/open-training-data.ts';
import { bundleMaker } from './network/bundle-of.ts';
import { openTrainingNetwork, type TrainingNetwork } from './network/open-network.ts';
import { startingWeights, type StartingWeights } from './network/starting-weights.ts';

/** Everything that a run is made of, checked to fit together. */
export interface PreparedRun {
  readonly config: TrainConfig & { readonly name: string };
  readonly runtime: TfjsRuntime;
  readonly ops: readonly OpDefinition[];
  readonly labels: LabelMap;
  readonly network: TrainingNetwork;
  readonly start: StartingWeights;
  readonly training: Dataset;
  /** What `training` was opened with. */
  readonly trainingSpec: DatasetSpec;
  readonly validation: Dataset | undefined;
  readonly bundleOf: (weights: Weights) => Bundle;
}

/** What {@link prepareRun} is given. */
export interface PrepareOptions {
  readonly config: TrainConfig & { readonly name: string };
  readonly runtime: TfjsRuntime;
}

/**
 * Opens data and network of a run. Nothing is trained yet, but whatever can be wrong with the configuration has been found.
 *
 * @throws UsageError, DataError, ShapeError or WeightsError naming it.
 */
export async function prepareRun(context: Context, { config, runtime }: PrepareOptions): Promise<PreparedRun> {
  const plugins = await context.plugins();
  const { training, trainingSpec, validation } = await openTrainingData(context, config);
  const { labels } = training;
  checkClassWeights(config, labels);
  const ops = opsOf(plugins);
  const network = await openTrainingNetwork(context, config, labels, plugins);
  const start = await startingWeights(context, config, network.graph);
  const bundleOf = bundleMaker({ config, network, labels, ops });
  bundleOf(start.weights);
  return {
    config,
    runtime,
    ops,
    labels,
    network,
    start,
    training,
    trainingSpec,
    validation,
    bundleOf,
  };
}
