import {
  createGraphBuilder,
  inputsOf,
  ShapeError,
  type Graph,
  type Node,
  type OpDefinition,
  type Tensor,
} from '@atrous/core';

type Inputs = Readonly<Record<string, Tensor>>;

const show = (shape: readonly (number | null)[]): string => `[${shape.map((extent) => extent ?? '?').join(', ')}]`;

function byName(graph: Graph, inputs: Tensor | Inputs): Inputs {
  if (!('data' in inputs && 'shape' in inputs)) return inputs;
  const [only, ...more] = inputsOf(graph);
  if (only === undefined || more.length > 0)
    throw new ShapeError(`the network has ${more.length + 1} inputs, got one tensor`, {
      code: 'INPUT_MISSING',
      hint: 'pass tensors by input name',
    });
  return { [only.name]: inputs as Tensor };
}

function inputTensor(node: Node, inputs: Inputs): Tensor {
  const found = inputs[node.name];
  if (found === undefined)
    throw new ShapeError(`the network's input "${node.name}" was not given`, {
      code: 'INPUT_MISSING',
      hint: `pass { '${node.name}': tensor }`,
    });
  const fits =
    found.shape.length === node.shape.length &&
    node.shape.every((extent, axis) => (extent ?? found.shape[axis]) === found.shape[axis]);
  if (!fits)
    throw new ShapeError(`input "${node.name}" is ${show(found.shape)}, the network needs ${show(node.shape)}`, {
      code: 'INPUT_SHAPE',
    });
  return found;
}

/**
 * The inputs of a run by input name.
 *
 * @throws ShapeError when one is missing or does not fit.
 */
export function checkInputs(graph: Graph, inputs: Tensor | Inputs): ReadonlyMap<string, Tensor> {
  const named = byName(graph, inputs);
  return new Map(inputsOf(graph).map((node) => [node.name, inputTensor(node, named)]));
}

/** Remembers the nodes of a graph, with every shape known, for the input shapes it was asked for last. */
export function createPlanner(
  graph: Graph,
  ops: readonly OpDefinition[] | undefined,
): (inputs: ReadonlyMap<string, Tensor>) => readonly Node[] {
  let last: { readonly key: string; readonly nodes: readonly Node[] } | undefined;
  return (inputs) => {
    const key = [...inputs.values()].map(({ shape }) => shape.join()).join(';');
    if (last?.key !== key) {
      const builder = createGraphBuilder({ outputStride: graph.outputStride, ops });
      const nodes = graph.nodes.map((node) => {
        const shape = inputs.get(node.name)?.shape;
        return builder.addNode(node.kind === 'input' && shape ? { ...node, attrs: { shape } } : node);
      });
      last = { key, nodes };
    }
    return last.nodes;
  };
}

/** How many nodes still want each value; outputs are wanted to the end. */
export function countReaders(graph: Graph): Map<string, number> {
  const readers = new Map<string, number>();
  for (const { inputs } of graph.nodes) for (const name of inputs) readers.set(name, (readers.get(name) ?? 0) + 1);
  for (const name of Object.values(graph.outputs)) readers.set(name, Infinity);
  return readers;
}
