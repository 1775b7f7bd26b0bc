import { AtrousError, sizeOf, WeightsError, type Graph, type Node, type Param, type Weights } from '@atrous/core';
import type { NameMap } from '../name-map.ts';
import { atrous } from '../name-maps/atrous.ts';
import type { Checkpoint } from '../stored-tensor.ts';
import { detectNameMap } from './detect-name-map.ts';
import type { ImportReport } from './import-report.ts';
import { importWeights } from './import-weights.ts';

/** A network that a checkpoint may hold. */
export interface NamedGraph {
  readonly name: string;
  readonly graph: Graph;
  /** Name map of its published weights, where another network has layers of the same names and shapes. Absent: any. */
  readonly weightNames?: string | undefined;
}

/** Weights that were saved here have our names, whatever they were before. */
const mapsFor = ({ weightNames }: NamedGraph, maps: readonly NameMap[]): readonly NameMap[] =>
  weightNames === undefined ? maps : maps.filter(({ name }) => name === weightNames || name === atrous.name);

/** The network that a checkpoint holds, with its weights. */
export interface RecognizedNetwork<Network extends NamedGraph = NamedGraph> {
  readonly network: Network;
  readonly nameMap: NameMap;
  readonly weights: Weights;
  readonly report: ImportReport;
}

type Attempt<Network extends NamedGraph> =
  RecognizedNetwork<Network> | { readonly network: Network; readonly reason: AtrousError };

function attempt<Network extends NamedGraph>(
  network: Network,
  checkpoint: Checkpoint,
  maps: readonly NameMap[],
): Attempt<Network> {
  try {
    const nameMap = detectNameMap(network.graph, checkpoint, mapsFor(network, maps));
    return { network, nameMap, ...importWeights(network.graph, checkpoint, nameMap) };
  } catch (reason) {
    if (reason instanceof AtrousError) return { network, reason };
    throw reason;
  }
}

/** How many of a network's parameters are in the checkpoint, by name and number of values. */
function parametersFound({ graph }: NamedGraph, { tensors }: Checkpoint, maps: readonly NameMap[]): number {
  const isFound = (map: NameMap, node: Node, param: Param): boolean =>
    map.sourcesOf(param, node).some((name) => tensors.get(name)?.data.length === sizeOf(param.shape));
  const counts = maps.map(
    (map) =>
      graph.nodes.flatMap((node) => Object.values(node.params).filter((param) => isFound(map, node, param))).length,
  );
  return Math.max(0, ...counts);
}

function unknownNetwork(
  attempts: readonly Attempt<NamedGraph>[],
  checkpoint: Checkpoint,
  maps: readonly NameMap[],
): WeightsError {
  const [nearest] = attempts
    .map((one) => ({ ...one, found: parametersFound(one.network, checkpoint, maps) }))
    .sort((a, b) => b.found - a.found);
  const why =
    nearest !== undefined && 'reason' in nearest && nearest.found > 0
      ? `; nearest is ${nearest.network.name}: ${nearest.reason.message}`
      : '';
  return new WeightsError(
    `the checkpoint (${checkpoint.format}, ${checkpoint.tensors.size} tensors) holds none of the ${attempts.length} known networks${why}`,
    {
      code: 'NETWORK_UNKNOWN',
      hint: 'build the network that it was trained as, with its number of classes, and import into that',
    },
  );
}

/**
 * Finds the network that a checkpoint holds: all of its parameters are there, by one name map, with the right shapes.
 * Of several, the one that leaves the fewest tensors over; the earlier one when they are equal.
 *
 * @param networks what it may be, for example the presets of `@atrous/models`, built.
 * @throws WeightsError `NETWORK_UNKNOWN` that says what is missing for the nearest one.
 */
export function recognizeNetwork<Network extends NamedGraph>(
  networks: readonly Network[],
  checkpoint: Checkpoint,
  maps: readonly NameMap[],
): RecognizedNetwork<Network> {
  const attempts = networks.map((network) => attempt(network, checkpoint, maps));
  const [best] = attempts
    .filter((result) => 'weights' in result)
    .sort((a, b) => a.report.unexpected.length - b.report.unexpected.length);
  if (best === undefined) throw unknownNetwork(attempts, checkpoint, maps);
  return best;
}
