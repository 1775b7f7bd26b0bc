import type { Graph, Node, NodeAnalysis } from '@atrous/core';

/** The nodes that a node is computed from, and itself, in the order of the graph. */
function ancestors(nodes: readonly Node[], name: string): readonly Node[] {
  const wanted = new Set([name]);
  for (const node of nodes.toReversed()) if (wanted.has(node.name)) node.inputs.forEach((input) => wanted.add(input));
  return nodes.filter((node) => wanted.has(node.name));
}

/** The last layer on the way to the first output whose map has not been enlarged yet. */
export function lastSmallLayer(graph: Graph, layers: ReadonlyMap<string, NodeAnalysis>, outputStride: number): string {
  const output = Object.values(graph.outputs)[0] ?? '';
  const small = ancestors(graph.nodes, output).filter(({ name, kind }) => {
    const { stride, shape } = layers.get(name) ?? {};
    return stride === outputStride && kind !== 'globalAvgPool' && shape?.slice(1, 3).some((extent) => extent > 1);
  });
  return small.at(-1)?.name ?? output;
}

const isAtrous = (node: Node): boolean =>
  (node.kind === 'conv2d' || node.kind === 'depthwiseConv2d') &&
  node.attrs.atrousRate.some((rate, axis) => rate > 1 && (node.attrs.kernel[axis] ?? 1) > 1);

/** Whether every position of a node is computed from that position of one input alone. */
function staysInPlace(node: Node): boolean {
  switch (node.kind) {
    case 'batchNorm':
    case 'activation':
    case 'dropout':
    case 'pad':
      return true;
    case 'conv2d':
      return [...node.attrs.kernel, ...node.attrs.strides].every((extent) => extent === 1);
    default:
      return false;
  }
}

/** The layer whose map the first atrous convolution before `layer` reads, at the start of its block; `undefined` when there is none. */
export function mapBeforeRates(graph: Graph, layer: string): string | undefined {
  const nodes = new Map(graph.nodes.map((node) => [node.name, node]));
  let from = nodes.get(ancestors(graph.nodes, layer).find(isAtrous)?.inputs[0] ?? '');
  while (from !== undefined && staysInPlace(from)) from = nodes.get(from.inputs[0] ?? '');
  return from?.kind === 'input' ? undefined : from?.name;
}
