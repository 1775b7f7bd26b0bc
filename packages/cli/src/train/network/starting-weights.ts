import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { sizeOf, type Graph, type Weights } from '@atrous/core';
import { initialWeights } from '@atrous/train';
import { detectNameMap, importWeights, type Checkpoint, type NameMap } from '@atrous/weights';
import { openCheckpoint } from '@atrous/weights/node';
import type { Context } from '../../context.ts';
import { nameMapsCalled } from '../../model-source/recognize-preset.ts';
import type { TrainConfig } from '../config/config-schema.ts';

/** Where the first weights of a run come from. */
export interface StartingWeights {
  readonly weights: Weights;
  /** Parameters that a checkpoint gave; absent when all are new. */
  readonly taken?: { readonly count: number; readonly of: number; readonly nameMap: string };
}

/** The file of weights in a bundle, or what was named. */
function fileOf(path: string): string {
  const inBundle = join(path, 'weights.safetensors');
  return existsSync(inBundle) ? inBundle : path;
}

const OF_RUN = 'weights/';

/** Without what a run's own checkpoint has beside the weights, to go on with it. */
function onlyWeights(checkpoint: Checkpoint): Checkpoint {
  if (checkpoint.metadata['format'] !== 'atrous-training') return checkpoint;
  const own = [...checkpoint.tensors].filter(([name]) => name.startsWith(OF_RUN));
  return { ...checkpoint, tensors: new Map(own.map(([name, tensor]) => [name.slice(OF_RUN.length), tensor])) };
}

/** A checkpoint without tensors of another size than the network's: a classifier of other classes is made anew. */
function withoutMisfits(graph: Graph, checkpoint: Checkpoint, nameMap: NameMap): Checkpoint {
  const tensors = new Map(checkpoint.tensors);
  for (const node of graph.nodes)
    for (const param of Object.values(node.params))
      for (const source of nameMap.sourcesOf(param, node))
        if (tensors.get(source)?.data.length !== sizeOf(param.shape)) tensors.delete(source);
  return { ...checkpoint, tensors };
}

/**
 * The weights that a run begins with: random ones by the seed, and in their place what a bundle or checkpoint, also one of another run, has for the network.
 *
 * @throws WeightsError when the checkpoint is broken or has nothing for the network.
 */
export async function startingWeights(context: Context, config: TrainConfig, graph: Graph): Promise<StartingWeights> {
  const fresh = initialWeights(graph, { seed: config.seed });
  if (config.weights === undefined) return { weights: fresh };
  const { path, nameMap: typed = 'auto' } =
    typeof config.weights === 'string' ? { path: config.weights } : config.weights;
  const checkpoint = onlyWeights(await openCheckpoint(fileOf(context.path(path))));
  const nameMap = detectNameMap(graph, checkpoint, nameMapsCalled(typed));
  const { weights } = importWeights(graph, withoutMisfits(graph, checkpoint, nameMap), nameMap, { partial: true });
  return {
    weights: new Map([...fresh, ...weights]),
    taken: { count: weights.size, of: fresh.size, nameMap: nameMap.name },
  };
}
