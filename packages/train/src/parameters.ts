import type { Graph } from '@atrous/core';

/** A parameter that gradients can change. */
export interface TrainedParameter {
  readonly name: string;
  readonly shape: readonly number[];
  /** What it is in its node: `weights`, `biases`, `depthwiseWeights`, `gamma`, `beta`, or what a plugin calls it. */
  readonly role: string;
  /** Name of the first node that has it. */
  readonly node: string;
}

const STATISTICS: ReadonlySet<string> = new Set(['movingMean', 'movingVariance']);

/** Every parameter of a graph but the moving statistics of batch normalisation, once each, in the order of their nodes. */
export function trainedParameters(graph: Graph): readonly TrainedParameter[] {
  const found = new Map<string, TrainedParameter>();
  for (const { name: node, params } of graph.nodes)
    for (const [role, { name, shape }] of Object.entries(params))
      if (!STATISTICS.has(role) && !found.has(name)) found.set(name, { name, shape, role, node });
  return [...found.values()];
}
