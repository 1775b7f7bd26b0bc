import { countReaders, type Activation, type Graph } from '@atrous/core';
import type { TrainingKernels } from './training-kernels.ts';
import type { ForwardOptions } from './trainable-network.ts';

/** An activation that runs together with the batch normalisation before it, whose own output is never stored. */
export interface Follower {
  readonly name: string;
  readonly fn: Activation;
}

/** By name of the batch normalisation, for those by the batch's statistics that nothing else reads. */
export function followersOf(
  graph: Graph,
  { batchStatistics }: ForwardOptions,
  { fusedActivations }: TrainingKernels,
): ReadonlyMap<string, Follower> {
  const readers = countReaders(graph);
  const isOpen = (name: string): boolean => batchStatistics?.has(name) === true && readers.get(name) === 1;
  const found = new Map<string, Follower>();
  for (const { kind, name, inputs, attrs } of graph.nodes) {
    const [norm] = inputs;
    if (kind === 'activation' && fusedActivations.has(attrs.fn) && isOpen(norm as string))
      found.set(norm as string, { name, fn: attrs.fn });
  }
  return found;
}
