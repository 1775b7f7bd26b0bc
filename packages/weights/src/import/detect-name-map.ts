import { WeightsError, type Graph } from '@atrous/core';
import type { NameMap } from '../name-map.ts';
import type { Checkpoint } from '../stored-tensor.ts';
import { sameButForOnes } from './import-weights.ts';
import { sourceLayout } from './layout.ts';
import { parametersWithNodes } from './parameters-with-nodes.ts';

function countFits(graph: Graph, { tensors }: Checkpoint, nameMap: NameMap): number {
  return parametersWithNodes(graph).filter(([param, node]) => {
    const source = nameMap.sourcesOf(param, node).find((name) => tensors.has(name));
    const stored = source === undefined ? undefined : tensors.get(source);
    return stored !== undefined && sameButForOnes(stored.shape, sourceLayout(param, node, nameMap.layout).shape);
  }).length;
}

/**
 * The map by which most parameters of a network are found in a checkpoint, name and shape; the earlier one when two do equally well.
 *
 * @throws WeightsError (`NAME_MAP_UNKNOWN`) when no map finds any.
 */
export function detectNameMap(graph: Graph, checkpoint: Checkpoint, maps: readonly NameMap[]): NameMap {
  let best: { readonly map: NameMap; readonly fits: number } | undefined;
  for (const map of maps) {
    const fits = countFits(graph, checkpoint, map);
    if (fits > (best?.fits ?? 0)) best = { map, fits };
  }
  if (best !== undefined) return best.map;
  const names = [...checkpoint.tensors.keys()].slice(0, 3).map((name) => `"${name}"`);
  throw new WeightsError(
    `none of the name maps ${maps.map(({ name }) => name).join(', ')} finds the network in this checkpoint, whose tensors are called ${names.join(', ')} …`,
    { code: 'NAME_MAP_UNKNOWN', hint: 'choose the network that the checkpoint was trained as, or write a name map' },
  );
}
