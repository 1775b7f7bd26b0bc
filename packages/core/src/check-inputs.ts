import { ShapeError } from './errors.ts';
import { inputsOf } from './graph.ts';
import type { Graph, Node } from './ops.ts';
import type { Tensor } from './tensor.ts';

const show = (shape: readonly (number | null)[]): string => `[${shape.map((extent) => extent ?? '?').join(', ')}]`;

function byName(graph: Graph, inputs: Tensor | Readonly<Record<string, Tensor>>): Readonly<Record<string, Tensor>> {
  if (!('data' in inputs && 'shape' in inputs)) return inputs;
  const [only, ...more] = inputsOf(graph);
  if (only === undefined || more.length > 0)
    throw new ShapeError(`the network has ${more.length + 1} inputs, got one tensor`, {
      code: 'INPUT_MISSING',
      hint: 'pass tensors by input name',
    });
  return { [only.name]: inputs as Tensor };
}

function inputTensor(node: Node, inputs: Readonly<Record<string, Tensor>>): Tensor {
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
 * What a runtime was given to run, by input name.
 *
 * @param inputs one tensor per input, by name, or the tensor alone when there is one input.
 * @throws ShapeError `INPUT_MISSING` or `INPUT_SHAPE`.
 */
export function checkInputs(
  graph: Graph,
  inputs: Tensor | Readonly<Record<string, Tensor>>,
): ReadonlyMap<string, Tensor> {
  const named = byName(graph, inputs);
  return new Map(inputsOf(graph).map((node) => [node.name, inputTensor(node, named)]));
}
