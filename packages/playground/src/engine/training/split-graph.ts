import { keepOutputs, nodesByName, type Graph, type Node } from '@atrous/core';

/** A network in two parts: what stays as it is, and what is trained on top of it. */
export interface SplitGraph {
  /** From the image to {@link SplitGraph.head}'s inputs, each an output of the same name; `undefined` when the head reads the image alone. */
  readonly features: Graph | undefined;
  /** Its inputs have the names and shapes of the nodes that they stand for. */
  readonly head: Graph;
}

/** Cuts a network right before the first nodes that depend on trained parameters. */
export function splitGraph(graph: Graph, trained: ReadonlySet<string>): SplitGraph {
  const nodes = nodesByName(graph);
  const inHead = new Set<string>();
  for (const { name, inputs, params } of graph.nodes)
    if (inputs.some((input) => inHead.has(input)) || Object.values(params).some((param) => trained.has(param.name)))
      inHead.add(name);
  const head = graph.nodes.filter(({ name }) => inHead.has(name));
  const read = new Set(head.flatMap(({ inputs }) => inputs).filter((input) => !inHead.has(input)));
  const computed = [...read].filter((name) => nodes.get(name)?.kind !== 'input');
  const inputs = [...read].map((name) => inputLike(nodes.get(name) as Node));
  return {
    features: computed.length === 0 ? undefined : featuresOf(graph, computed),
    head: { nodes: [...inputs, ...head.map(asItStands)], outputs: graph.outputs, outputStride: null },
  };
}

const featuresOf = (graph: Graph, names: readonly string[]): Graph =>
  keepOutputs({ ...graph, outputs: Object.fromEntries(names.map((name) => [name, name])) }, names);

const inputLike = ({ name, shape }: Node): Node => ({
  kind: 'input',
  name,
  inputs: [],
  attrs: { shape },
  params: {},
  shape,
});

/** A node whose strides and rates are decided: without its image, they cannot be derived again. */
function asItStands(node: Node): Node {
  const attrs = Object.entries(node.attrs).filter(([name]) => name !== 'nominal' && name !== 'crop');
  return { ...node, attrs: Object.fromEntries(attrs) } as Node;
}
