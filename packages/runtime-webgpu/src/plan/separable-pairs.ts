import { countReaders, nodesByName, type Graph, type Node, type NodeOf } from '@atrous/core';
import { isPointwise, layOutConv } from '../ops/conv-layout.ts';
import type { MapShape } from './value.ts';

/** Whether no pixel of the depthwise convolution is computed by two groups of threads, and there are enough of them. */
function paysOff(depthwise: NodeOf<'depthwiseConv2d'>, input: Node, conv: NodeOf<'conv2d'>): boolean {
  const [x, between, y] = [input, depthwise, conv].map(({ shape }) => shape as MapShape);
  return isPointwise(conv.attrs, between!, y!) && layOutConv(depthwise.attrs, x!, y!).hasWholePixels;
}

/**
 * Depthwise convolutions that the 1×1 convolution behind them computes on the way, so that the map between them is not stored.
 *
 * @param graph with every shape known.
 * @returns by the name of the 1×1 convolution.
 */
export function separablePairs(graph: Graph): ReadonlyMap<string, NodeOf<'depthwiseConv2d'>> {
  const nodes = nodesByName(graph);
  const readers = countReaders(graph);
  const pairs = new Map<string, NodeOf<'depthwiseConv2d'>>();
  for (const node of graph.nodes) {
    const before = nodes.get(node.inputs[0] ?? '');
    if (node.kind !== 'conv2d' || before?.kind !== 'depthwiseConv2d') continue;
    if (before.attrs.multiplier > 1 || readers.get(before.name) !== 1) continue;
    if (paysOff(before, nodes.get(before.inputs[0]!)!, node)) pairs.set(node.name, before);
  }
  return pairs;
}
