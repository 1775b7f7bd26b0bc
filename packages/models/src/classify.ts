import { checkCount } from '@atrous/atrous-ops';
import type { GraphBuilder, Node } from '@atrous/core';

/** The last layer of every DeepLab: one score per class at every position. */
export function classify(builder: GraphBuilder, x: Node, numClasses: number): Node {
  checkCount('numClasses', numClasses);
  return builder.conv2d(x, { name: 'logits', filters: numClasses, kernel: 1, useBias: true });
}
