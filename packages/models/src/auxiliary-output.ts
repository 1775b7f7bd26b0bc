import type { Features, GraphBuilder, Head, Node } from '@atrous/core';
import { classify } from './classify.ts';

/**
 * Logits of an auxiliary head, which helps training and is left out afterwards.
 *
 * @returns the further output `auxiliary`, or none without a head.
 * @see Zhao et al. 2017, "Pyramid Scene Parsing Network", §3.3, arXiv:1612.01105
 */
export function auxiliaryOutput(
  builder: GraphBuilder,
  features: Features,
  image: Node,
  head: Head | undefined,
  numClasses: number,
): { readonly auxiliary?: Node } {
  if (head === undefined) return {};
  const scope = builder.scope('auxiliary');
  return { auxiliary: classify(scope, head.build(scope, features, image), numClasses) };
}
