import { parametersOf, WeightsError, type Graph, type LabelMap, type Preprocessing, type Weights } from '@atrous/core';
import type { Bundle, BundleDescription, Provenance } from './bundle.ts';
import { checkBundle } from './check-bundle.ts';
import { checkPreprocessing } from './manifest-schema.ts';

export interface BundleParts {
  readonly name: string;
  readonly description?: string | undefined;
  readonly model?: BundleDescription['model'];
  /** One input, one output called `logits`. */
  readonly graph: Graph;
  /** Tensors that the graph does not name are left out. */
  readonly weights: Weights;
  /** A class per channel of the logits. */
  readonly labels: LabelMap;
  readonly preprocessing: Preprocessing;
  /** Default: none known. */
  readonly provenance?: Provenance | undefined;
}

function ownWeights(graph: Graph, weights: Weights): Weights {
  const names = parametersOf(graph);
  return new Map([...weights].filter(([name]) => names.has(name)));
}

/**
 * Puts a bundle together.
 *
 * @throws WeightsError when a weight is missing, misshapen or not finite, a weight is not float32, the labels do not fit the
 * logits, or the preprocessing has a field that is wrong.
 */
export function createBundle(parts: BundleParts): Bundle {
  const { name, description, model, graph, labels, preprocessing, provenance = {} } = parts;
  const weights = ownWeights(graph, parts.weights);
  checkBundle(graph, weights, labels);
  checkPreprocessing(preprocessing);
  for (const [param, { data }] of weights)
    if (!(data instanceof Float32Array))
      throw new WeightsError(`"${param}" holds integers, a bundle's weights are float32`, { code: 'WEIGHT_DTYPE' });
  const manifest: BundleDescription = {
    format: 'atrous-bundle',
    version: 1,
    name,
    ...(description !== undefined && { description }),
    ...(model !== undefined && { model }),
    provenance,
  };
  return { manifest, graph, weights, labels, preprocessing };
}
