import { AtrousError, sizeOf, WeightsError, type Node, type Param, type Plugin, type Weights } from '@atrous/core';
import { presets } from '@atrous/models';
import {
  detectNameMap,
  importWeights,
  nameMaps,
  type Checkpoint,
  type ImportReport,
  type NameMap,
} from '@atrous/weights';
import { unknownName } from '../errors.ts';
import type { Settings } from '../parse-setting.ts';
import { buildNetwork, type Network } from './networks.ts';

/** A network with the weights that a checkpoint has for it. */
export interface ImportedNetwork {
  readonly network: Network;
  readonly weights: Weights;
  readonly nameMap: NameMap;
  readonly report: ImportReport;
}

/** Name maps to try: the one asked for, or all for `auto`. @throws UsageError when none has that name. */
export function nameMapsCalled(typed: string): readonly NameMap[] {
  const found = typed === 'auto' ? nameMaps : nameMaps.filter(({ name }) => name === typed);
  if (found.length === 0) throw unknownName('name map', typed, ['auto', ...nameMaps.map(({ name }) => name)]);
  return found;
}

/**
 * Takes a network's weights out of a checkpoint, by the map that finds most of them.
 *
 * @throws WeightsError when tensors are missing or have other shapes.
 */
export function importNetwork(network: Network, checkpoint: Checkpoint, maps: readonly NameMap[]): ImportedNetwork {
  const nameMap = detectNameMap(network.graph, checkpoint, maps);
  return { network, nameMap, ...importWeights(network.graph, checkpoint, nameMap) };
}

/** What the checkpoint has for a preset, or why it is not its network. */
type Attempt = ImportedNetwork | { readonly network: Network; readonly reason: AtrousError };

function attempt(network: Network, checkpoint: Checkpoint, maps: readonly NameMap[]): Attempt {
  try {
    return importNetwork(network, checkpoint, maps);
  } catch (reason) {
    if (reason instanceof AtrousError) return { network, reason };
    throw reason;
  }
}

/** How many of a network's parameters are in the checkpoint, by name and number of values. */
function parametersFound({ graph }: Network, { tensors }: Checkpoint, maps: readonly NameMap[]): number {
  const isFound = (map: NameMap, node: Node, param: Param): boolean =>
    map.sourcesOf(param, node).some((name) => tensors.get(name)?.data.length === sizeOf(param.shape));
  const counts = maps.map(
    (map) =>
      graph.nodes.flatMap((node) => Object.values(node.params).filter((param) => isFound(map, node, param))).length,
  );
  return Math.max(...counts);
}

function unknownNetwork(attempts: readonly Attempt[], checkpoint: Checkpoint, maps: readonly NameMap[]): WeightsError {
  const [nearest] = attempts
    .map((one) => ({ ...one, found: parametersFound(one.network, checkpoint, maps) }))
    .toSorted((a, b) => b.found - a.found);
  const why =
    nearest !== undefined && 'reason' in nearest && nearest.found > 0
      ? `; nearest is ${nearest.network.name}: ${nearest.reason.message}`
      : '';
  return new WeightsError(
    `the checkpoint (${checkpoint.format}, ${checkpoint.tensors.size} tensors) holds none of the ${attempts.length} known networks${why}`,
    {
      code: 'NETWORK_UNKNOWN',
      hint: 'atrous models lists them; another number of classes needs --set numClasses=N, another network --model config.json',
    },
  );
}

/** Options of {@link recognizeNetwork}. */
export interface RecognizeOptions {
  readonly maps: readonly NameMap[];
  readonly plugins: readonly Plugin[];
  /** Replace options of every preset, for example `numClasses`. */
  readonly settings: Settings;
}

/**
 * Finds the preset whose network a checkpoint holds: all of its parameters are there with the right shapes.
 * Of several, the one that leaves the fewest tensors over; the earlier one when they are equal.
 *
 * @throws WeightsError when there is none.
 */
export function recognizeNetwork(checkpoint: Checkpoint, options: RecognizeOptions): ImportedNetwork {
  const { maps, plugins, settings } = options;
  const attempts = presets.map((preset) => attempt(buildNetwork(preset, plugins, settings), checkpoint, maps));
  const [best] = attempts
    .filter((result) => 'weights' in result)
    .toSorted((a, b) => a.report.unexpected.length - b.report.unexpected.length);
  if (best === undefined) throw unknownNetwork(attempts, checkpoint, maps);
  return best;
}
