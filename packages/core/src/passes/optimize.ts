import type { RebuildOptions } from '../graph.ts';
import type { FusedKind, Graph } from '../ops.ts';
import type { Weights } from '../tensor.ts';
import { classifyBeforeUpsampling } from './classify-before-upsampling.ts';
import { cutTaps } from './cut-taps.ts';
import { fixStrides } from './fix-strides.ts';
import { foldBatchNorm, type Network } from './fold-batch-norm.ts';
import { foldPads } from './fold-pads.ts';
import { fuseActivations } from './fuse-activations.ts';
import { fuseTail } from './fuse-tail.ts';
import { poolAsBias } from './pool-as-bias.ts';
import { projectThenUpsample } from './project-then-upsample.ts';
import { removeIdentities } from './remove-identities.ts';

/** Something that a runtime may be able to do: run a fused kind, or repeat operands of one pixel in `add`. */
export type Fusion = FusedKind | 'broadcastAdd';

/** Options of {@link optimize}. */
export interface OptimizeOptions extends RebuildOptions {
  /** What the runtime can do that the graph is for. Without any, the result has the kinds that builders write. */
  readonly target: readonly Fusion[];
}

/**
 * A network that computes the same, up to rounding, with less work: norms folded, activations and paddings fused, taps that only read padding
 * cut, products computed before maps are enlarged, the pooled branch added like a bias, labels taken straight from small logits. What nothing
 * reads is gone.
 *
 * It is for inference at the output stride that it was built for: strides and rates are fixed. What hangs on the size of maps is done where
 * the graph fixes it; see `withInputShape`.
 *
 * @throws WeightsError when a weight that is to be changed is missing.
 */
export function optimize(graph: Graph, weights: Weights, { target, ops }: OptimizeOptions): Network {
  const can = (fusion: Fusion): boolean => target.includes(fusion);
  const options: RebuildOptions = { ops };
  const plain = foldPads(removeIdentities(fixStrides(graph, options), options), options);
  const folded = foldBatchNorm({ graph: plain, weights }, options);
  const fused = { graph: fuseActivations(folded.graph, options), weights: folded.weights };
  const cut = cutTaps(fused, options);
  const early = { graph: classifyBeforeUpsampling(cut.graph, options), weights: cut.weights };
  const pooled = can('broadcastAdd') ? poolAsBias(early, options) : early;
  const projected = can('interpolateTaps') ? projectThenUpsample(pooled, options) : pooled;
  return can('resizeArgMax') ? { ...projected, graph: fuseTail(projected.graph, options) } : projected;
}
