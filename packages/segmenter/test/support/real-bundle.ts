import { labelMaps } from '@atrous/data';
import { buildModel, presets } from '@atrous/models';
import { createBundle, detectNameMap, importWeights, nameMaps, type Bundle } from '@atrous/weights';
import { openCheckpoint } from '@atrous/weights/node';

function named<T extends { readonly name: string }>(list: readonly T[], name: string): T {
  const found = list.find((item) => item.name === name);
  if (!found) throw new Error(`there is no "${name}"`);
  return found;
}

/** A preset with the weights of a checkpoint. */
export async function realBundle(presetName: string, checkpointPath: string): Promise<Bundle> {
  const { name, model, labels, preprocessing } = named(presets, presetName);
  const graph = buildModel(model);
  const checkpoint = await openCheckpoint(checkpointPath);
  const { weights } = importWeights(graph, checkpoint, detectNameMap(graph, checkpoint, nameMaps));
  return createBundle({ name, graph, weights, labels: named(labelMaps, labels), preprocessing });
}
