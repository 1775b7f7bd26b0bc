import { basename } from 'node:path';
import {
  keepOutputs,
  nodesByName,
  parametersOf,
  type Graph,
  type LabelMap,
  type Plugin,
  type Weights,
} from '@atrous/core';
import { createBundle, detectNameMap, importWeights, type Bundle, type RecognizedNetwork } from '@atrous/weights';
import { openCheckpoint } from '@atrous/weights/node';
import type { Context } from '../context.ts';
import { UsageError } from '../errors.ts';
import type { ModelSourceFlags } from './flags.ts';
import { fitLabels, findLabels, openLabels } from './labels.ts';
import { buildNetwork, findNetwork, type Network } from './networks.ts';
import { nameMapsCalled, recognizePreset } from './recognize-preset.ts';

/** A bundle made of a checkpoint, and how the weights came in. */
export interface ImportedBundle extends RecognizedNetwork<Network> {
  readonly bundle: Bundle;
  /** For people: file, network and name map. */
  readonly source: string;
}

type ImportFlags = Pick<ModelSourceFlags, 'model' | 'set' | 'nameMap' | 'labels'>;

async function labelsOf(context: Context, { labels, graph }: Network, typed: string | undefined): Promise<LabelMap> {
  const logits = nodesByName(graph).get(graph.outputs['logits'] ?? '');
  const channels = logits?.shape[3] ?? 0;
  const wanted = typed === undefined ? findLabels(labels ?? 'voc2012') : await openLabels(context, typed);
  return fitLabels(wanted, channels, typed !== undefined);
}

/** Auxiliary heads and single scales are for training. */
function forInference(graph: Graph, weights: Weights): { readonly graph: Graph; readonly weights: Weights } {
  const kept = keepOutputs(graph, ['logits']);
  const needed = parametersOf(kept);
  return { graph: kept, weights: new Map([...weights].filter(([name]) => needed.has(name))) };
}

async function importNamed(
  context: Context,
  path: string,
  { model, nameMap, set: settings }: ImportFlags,
  plugins: readonly Plugin[],
): Promise<RecognizedNetwork<Network>> {
  const maps = nameMapsCalled(nameMap);
  const spec = model === 'auto' ? undefined : await findNetwork(context, model, plugins);
  const checkpoint = await openCheckpoint(path);
  if (spec === undefined) return recognizePreset(checkpoint, { maps, plugins, settings });
  const network = buildNetwork(spec, plugins, settings);
  const found = detectNameMap(network.graph, checkpoint, maps);
  return { network, nameMap: found, ...importWeights(network.graph, checkpoint, found) };
}

/**
 * Makes a bundle of a checkpoint: as the network that `--model` names, or as the preset whose every parameter is in it.
 *
 * @throws UsageError when a flag names something unknown.
 * @throws WeightsError when the checkpoint is broken, or holds another network.
 */
export async function importCheckpoint(
  context: Context,
  typed: string,
  flags: ImportFlags,
  plugins: readonly Plugin[],
): Promise<ImportedBundle> {
  const imported = await importNamed(context, context.path(typed), flags, plugins);
  const { network, weights, nameMap } = imported;
  const { name, description, model, graph, preprocessing, license } = network;
  if (preprocessing === undefined)
    throw new UsageError(
      `"${name}" does not say how pictures are prepared for it`,
      'take a preset of `atrous models`, or write a config.json with "model" and "preprocessing"',
    );
  const source = basename(typed);
  const bundle = createBundle({
    name,
    description,
    model,
    ...forInference(graph, weights),
    labels: await labelsOf(context, network, flags.labels),
    preprocessing,
    provenance: { source, nameMap: nameMap.name, ...(license !== undefined && { license }) },
  });
  return { ...imported, bundle, source: `${source} as ${name}` };
}
