import { keepOutputs, retarget, type LabelMap, type OpDefinition, type Weights } from '@atrous/core';
import { createBundle, type Bundle } from '@atrous/weights';
import type { TrainConfig } from '../config/config-schema.ts';
import type { TrainingNetwork } from './open-network.ts';

/** What a bundle of a run is made of, besides weights. */
export interface BundleRecipe {
  readonly config: TrainConfig & { readonly name: string };
  readonly network: TrainingNetwork;
  readonly labels: LabelMap;
  readonly ops: readonly OpDefinition[];
}

/** What a reader of a bundle wants to know of its training. */
function provenanceOf({ config, network, labels }: BundleRecipe): Readonly<Record<string, string>> {
  const { data, steps, batchSize, seed, license } = config;
  return {
    source: `atrous train, ${network.name}`,
    data: data.kind === 'street' ? `street scenes, seed ${data.seed}, ${data.count}` : (data.kind ?? labels.name),
    training: `${steps} steps of ${batchSize} images, seed ${seed}`,
    ...(license !== undefined && { license }),
  };
}

/**
 * Makes bundles of a run's weights: without auxiliary heads, at the output stride that is evaluated at.
 *
 * @throws ShapeError when the network cannot have that output stride.
 */
export function bundleMaker(recipe: BundleRecipe): (weights: Weights) => Bundle {
  const { config, network, labels, ops } = recipe;
  const { name, description, evaluateStride } = config;
  const kept = keepOutputs(network.graph, ['logits']);
  const graph = evaluateStride === undefined ? kept : retarget(kept, evaluateStride, { ops });
  const { model, preprocessing } = network;
  return (weights) =>
    createBundle({
      name,
      description,
      model,
      graph,
      weights,
      labels,
      preprocessing,
      provenance: provenanceOf(recipe),
    });
}
