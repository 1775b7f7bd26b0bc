import type { RebuildOptions } from '../graph.ts';
import { foldBatchNorm, type Network } from './fold-batch-norm.ts';
import { fuseActivations } from './fuse-activations.ts';
import { removeDropout } from './remove-dropout.ts';

/** No dropout, batch norms folded, activations fused: the part of `optimize` that leaves a network free to follow another output stride. */
export function optimizeForInference({ graph, weights }: Network, options: RebuildOptions = {}): Network {
  const folded = foldBatchNorm({ graph: removeDropout(graph, options), weights }, options);
  return { graph: fuseActivations(folded.graph, options), weights: folded.weights };
}
