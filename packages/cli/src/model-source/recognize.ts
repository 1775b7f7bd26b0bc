import { AtrousError, WeightsError, type Plugin, type Weights } from '@atrous/core';
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

/** How many of a network's parameters are in the checkpoint by name, of whatever shape. */
const namesFound = ({ graph }: Network, { tensors }: Checkpoint, maps: readonly NameMap[]): number =>
  Math.max(
    ...maps.map(
      (map) =>
        graph.nodes.flatMap((node) =>
          Object.values(node.params).filter((param) => map.sourcesOf(param, node).some((name) => tensors.has(name))),
        ).length,
    ),
  );

function unknownNetwork(attempts: readonly Attempt[], checkpoint: Checkpoint, maps: readonly NameMap[]): WeightsError {
  const names = attempts.map(({ network }) => network.name);
  const ranked = attempts
    .map((one) => ({ one, found: namesFound(one.network, checkpoint, maps) }))
    .toSorted((a, b) => b.found - a.found);
  const { one, found = 0 } = ranked[0] ?? {};
  const nearest =
    one !== undefined && 'reason' in one && found > 0 ? `; nearest is ${one.network.name}: ${one.reason.message}` : '';
  return new WeightsError(
    `the checkpoint (${checkpoint.format}, ${checkpoint.tensors.size} tensors) holds none of ${names.join(', ')}${nearest}`,
    {
      code: 'NETWORK_UNKNOWN',
      hint: 'other numbers of classes need --set numClasses=N; other networks --model config.json, see atrous convert --help',
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
