import { ShapeError, type NodeOf, type OpDefinition, type Tensor, type Weights } from '@atrous/core';

/** Runs a custom op through its definition, on the host. */
export function runCustomOp(
  node: NodeOf<'custom'>,
  inputs: readonly Tensor[],
  weights: Weights,
  ops: readonly OpDefinition[],
): Tensor {
  const op = ops.find(({ name }) => name === node.attrs.op) as OpDefinition;
  const params = Object.entries(node.params).map(([role, { name }]) => [role, weights.get(name) as Tensor] as const);
  const result = op.reference(inputs, Object.fromEntries(params), node.attrs.options);
  if (result.shape.join() !== node.shape.join())
    throw new ShapeError(
      `the op "${op.name}" promised [${node.shape.join(', ')}] and returned [${result.shape.join(', ')}]`,
      { hint: "make the definition's inferShape and reference agree" },
    );
  return result;
}
