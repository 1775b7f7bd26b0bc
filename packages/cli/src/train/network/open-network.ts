import { nodesByName, type LabelMap, type Plugin, type Preprocessing } from '@atrous/core';
import type { Context } from '../../context.ts';
import { UsageError } from '../../errors.ts';
import { buildNetwork, findNetwork, type Network } from '../../model-source/networks.ts';
import { mergeSettings } from '../../parse-setting.ts';
import type { TrainConfig } from '../config/config-schema.ts';
import { preprocessingOf } from './preprocessing-of.ts';

/** A network to be trained, without weights. */
export interface TrainingNetwork extends Network {
  readonly preprocessing: Preprocessing;
}

/**
 * Builds the network of a configuration, with a class for each of the data set's.
 *
 * @throws UsageError when no network has its name, or it was asked for another number of classes.
 * @throws ShapeError for options that are unknown or contradict each other.
 */
export async function openTrainingNetwork(
  context: Context,
  config: TrainConfig,
  labels: LabelMap,
  plugins: readonly Plugin[],
): Promise<TrainingNetwork> {
  const { name, config: settings } =
    typeof config.network === 'string' ? { name: config.network, config: {} } : config.network;
  const spec = await findNetwork(context, name, plugins);
  const numClasses = labels.classes.length;
  const network = buildNetwork(spec, plugins, mergeSettings({ numClasses }, settings));
  const channels = nodesByName(network.graph).get(network.graph.outputs['logits'] ?? '')?.shape[3];
  if (channels !== numClasses)
    throw new UsageError(
      `the network has ${channels} classes, the labels "${labels.name}" of the data have ${numClasses}`,
      'leave numClasses away: it follows from the data',
    );
  return { ...network, preprocessing: preprocessingOf(network.preprocessing, config) };
}
