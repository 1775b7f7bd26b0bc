import {
  checkInputs,
  countReaders,
  ShapeError,
  withInputShape,
  type Graph,
  type LongRunningOptions,
  type Node,
  type NodeOf,
  type OpDefinition,
  type Tensor,
  type Weights,
} from '@atrous/core';
import type { Kernel, KernelKind, Value } from './kernel.ts';
import { kernels } from './kernels.ts';

/** Options of {@link runGraph}. */
export interface RunGraphOptions extends LongRunningOptions {
  /** Definitions of the custom ops in the graph. */
  readonly ops?: readonly OpDefinition[] | undefined;
}

const toTensor = ({ shape, data }: Value): Tensor => ({
  shape,
  data: data instanceof Int32Array ? data : new Float32Array(data),
});

const toValue = ({ shape, data }: Tensor): Value => ({
  shape,
  data: data instanceof Int32Array ? data : new Float64Array(data),
});

function runCustom(
  node: NodeOf<'custom'>,
  inputs: readonly Value[],
  params: Readonly<Record<string, Tensor>>,
  ops: readonly OpDefinition[],
): Value {
  const op = ops.find(({ name }) => name === node.attrs.op) as OpDefinition;
  const result = toValue(op.reference(inputs.map(toTensor), params, node.attrs.options));
  if (result.shape.join() !== node.shape.join())
    throw new ShapeError(
      `the op "${op.name}" promised [${node.shape.join(', ')}] and returned [${result.shape.join(', ')}]`,
      {
        hint: "make the definition's inferShape and reference agree",
      },
    );
  return result;
}

function runNode(
  node: Exclude<Node, { kind: 'input' }>,
  inputs: readonly Value[],
  weights: Weights,
  ops: readonly OpDefinition[],
): Value {
  const params = Object.fromEntries(
    Object.entries(node.params).map(([role, { name }]) => [role, weights.get(name) as Tensor]),
  );
  if (node.kind === 'custom') return runCustom(node, inputs, params, ops);
  const kernel = kernels[node.kind] as Kernel<KernelKind>;
  return kernel({ attrs: node.attrs, inputs, params, shape: node.shape as readonly number[] });
}

/** Lets timers, aborts and drawing have their turn between two nodes. */
const breathe = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));

/**
 * Runs a graph node by node in float64, exactly as it stands: no pass touches it.
 *
 * Parameters are taken as given; check them with `checkWeights` of `@atrous/core`.
 *
 * @param inputs one `[n, h, w, c]` tensor per graph input, by node name, or the tensor alone when there is one input.
 * @returns float32 tensors by output name; int32 where the output is an `argMax`.
 * @throws ShapeError when an input is missing, or the network cannot run at that size.
 */
export async function runGraph(
  graph: Graph,
  weights: Weights,
  inputs: Tensor | Readonly<Record<string, Tensor>>,
  { ops = [], signal, onProgress }: RunGraphOptions = {},
): Promise<Readonly<Record<string, Tensor>>> {
  const images = checkInputs(graph, inputs);
  const shapes = new Map([...images].map(([name, { shape }]) => [name, shape]));
  const { nodes } = withInputShape(graph, shapes, { ops });
  const readers = countReaders(graph);
  const values = new Map<string, Value>();
  for (const [completed, node] of nodes.entries()) {
    await breathe();
    signal?.throwIfAborted();
    onProgress?.({ phase: 'run', completed, total: nodes.length, item: node.name });
    const given = node.inputs.map((name) => values.get(name) as Value);
    values.set(
      node.name,
      node.kind === 'input' ? toValue(images.get(node.name) as Tensor) : runNode(node, given, weights, ops),
    );
    for (const name of node.inputs) {
      const left = (readers.get(name) ?? 0) - 1;
      readers.set(name, left);
      if (left === 0) values.delete(name);
    }
  }
  onProgress?.({ phase: 'run', completed: nodes.length, total: nodes.length });
  return Object.fromEntries(
    Object.entries(graph.outputs).map(([name, node]) => [name, toTensor(values.get(node) as Value)]),
  );
}
