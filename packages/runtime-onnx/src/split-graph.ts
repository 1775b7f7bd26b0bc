import type { Graph, Node } from '@atrous/core';

/** What can stand between the parts that run as ONNX. */
export type ApartKind = 'custom' | 'resizeArgMax';

type NodeApart = Extract<Node, { kind: ApartKind }>;

/** A part of a network that runs in one go as ONNX, or a node between such parts. Values go by the names of nodes. */
export type Step =
  { readonly kind: 'onnx'; readonly graph: Graph } | { readonly kind: 'apart'; readonly node: NodeApart };

type IsApart = (node: Node) => node is NodeApart;

/** For every node, how many nodes apart have to run before it can. */
function stagesOf({ nodes }: Graph, isApart: IsApart): ReadonlyMap<string, number> {
  const stages = new Map<string, number>();
  const ready = new Map<string, number>();
  for (const node of nodes) {
    const stage = Math.max(0, ...node.inputs.map((input) => ready.get(input) ?? 0));
    stages.set(node.name, stage);
    ready.set(node.name, isApart(node) ? stage + 1 : stage);
  }
  return stages;
}

/** Nodes that run together, with inputs for what comes from elsewhere and outputs for what others want. */
function partOf(graph: Graph, nodes: readonly Node[]): Graph {
  const own = new Set(nodes.map(({ name }) => name));
  const elsewhere = graph.nodes.filter(({ name }) => !own.has(name));
  const read = new Set(nodes.flatMap(({ inputs }) => inputs));
  const wanted = new Set([...elsewhere.flatMap(({ inputs }) => inputs), ...Object.values(graph.outputs)]);
  const inputs = elsewhere
    .filter(({ name }) => read.has(name))
    .map(({ name, shape }): Node => ({ kind: 'input', name, inputs: [], attrs: { shape }, params: {}, shape }));
  const outputs = nodes.filter(({ name }) => wanted.has(name)).map(({ name }) => [name, name] as const);
  return { nodes: [...inputs, ...nodes], outputs: Object.fromEntries(outputs), outputStride: graph.outputStride };
}

/**
 * Cuts a network at ops that are not to run as ONNX: one part per stretch between them.
 *
 * @param graph of known shapes.
 * @param apart kinds of these ops.
 * @returns steps in an order in which they can run. There is one where there are no such ops.
 */
export function splitGraph(graph: Graph, apart: readonly ApartKind[]): readonly Step[] {
  const isApart: IsApart = (node): node is NodeApart => (apart as readonly string[]).includes(node.kind);
  const stages = stagesOf(graph, isApart);
  const steps: Step[] = [];
  for (let stage = 0; stage <= Math.max(0, ...stages.values()); stage++) {
    const here = graph.nodes.filter(({ name, kind }) => kind !== 'input' && stages.get(name) === stage);
    const nodes = here.filter((node) => !isApart(node));
    if (nodes.length > 0) steps.push({ kind: 'onnx', graph: partOf(graph, nodes) });
    for (const node of here) if (isApart(node)) steps.push({ kind: 'apart', node });
  }
  return steps;
}
