import type { Graph } from '@atrous/core';
import type { BatchStatistics } from '@atrous/runtime-tfjs';
import { keep, tidy, type Tensor } from '@tensorflow/tfjs-core';
import { moveStatistics } from '../batch-norm.ts';
import type { BatchNormOptions } from './train-options.ts';

/** A batch normalisation whose statistics move. */
export interface MovingNode {
  readonly name: string;
  readonly mean: string;
  readonly variance: string;
  readonly decay: number;
}

/** Batch normalisations that normalise by the batch: all of which gamma or beta is trained. */
export function movingNodes(
  graph: Graph,
  trainable: ReadonlySet<string>,
  { statistics = 'trained', decay }: BatchNormOptions,
): readonly MovingNode[] {
  if (statistics === 'frozen') return [];
  return graph.nodes.flatMap((node) => {
    if (node.kind !== 'batchNorm') return [];
    const { gamma, beta, movingMean, movingVariance } = node.params;
    if (![gamma, beta].some((param) => param && trainable.has(param.name))) return [];
    return [
      { name: node.name, mean: movingMean!.name, variance: movingVariance!.name, decay: decay ?? node.attrs.momentum },
    ];
  });
}

/**
 * Moves statistics by those of a batch. Nodes that share theirs move them one after the other.
 *
 * @param moved statistics that have moved already, by parameter name; replaced here, the old ones disposed. They outlive any `tidy`.
 */
export function moveAll(
  nodes: readonly MovingNode[],
  parameters: ReadonlyMap<string, Tensor>,
  batch: ReadonlyMap<string, BatchStatistics>,
  moved: Map<string, Tensor>,
  divisor: 'n-1' | 'n',
): void {
  const current = (name: string): Tensor => moved.get(name) ?? parameters.get(name)!;
  for (const { name, mean, variance, decay } of nodes) {
    const old = { mean: current(mean), variance: current(variance) };
    const fresh = tidy(() => {
      const next = moveStatistics(old, batch.get(name)!, { decay, divisor });
      return { mean: keep(next.mean), variance: keep(next.variance) };
    });
    for (const [key, value] of [
      [mean, fresh.mean],
      [variance, fresh.variance],
    ] as const) {
      moved.get(key)?.dispose();
      moved.set(key, value);
    }
  }
}
