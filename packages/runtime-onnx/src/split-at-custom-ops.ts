import type { Graph, Node, NodeOf } from '@atrous/core';

/** A part of a network that runs in one go as ONNX, or a custom op between such parts. Values go by the names of nodes. */
export type Step =
  { readonly kind: 'onnx'; readonly graph: Graph } | { readonly kind: 'custom'; readonly node: NodeOf<'custom'> };

/** For every node, how many custom ops have to run before it can. */
function stagesOf({ nodes }: Graph): ReadonlyMap<string, number> {
  const stages = new Map<string, number>();
  const ready = new Map<string, number>();
  for (const { name, kind, inputs } of nodes) {
    const stage = Math.max(0, ...inputs.map((input) => ready.get(input) ?? 0));
    stages.set(name, stage);
    ready.set(name, kind === 'custom' ? stage + 1 : stage);
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
 * Cuts a network where ops stand in the way that ONNX does not have: one part per stretch between custom ops.
 *
 * @param graph of known shapes.
 * @returns steps in an order in which they can run. There is one where there are no custom ops.
 */
export function splitAtCustomOps(graph: Graph): readonly Step[] {
  const stages = stagesOf(graph);
  const steps: Step[] = [];
  for (let stage = 0; stage <= Math.max(0, ...stages.values()); stage++) {
    const here = graph.nodes.filter(({ name, kind }) => kind !== 'input' && stages.get(name) === stage);
    const nodes = here.filter(({ kind }) => kind !== 'custom');
    if (nodes.length > 0) steps.push({ kind: 'onnx', graph: partOf(graph, nodes) });
    for (const node of here) if (node.kind === 'custom') steps.push({ kind: 'custom', node });
  }
  return steps;
}
