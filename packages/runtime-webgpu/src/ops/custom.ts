import { ShapeError, sizeOf, type NodeOf, type OpDefinition, type Tensor, type Weights } from '@atrous/core';
import type { PlanBuilder } from '../plan/plan-builder.ts';
import { tensorFrom } from '../plan/tensor-from.ts';
import type { MapShape, MapValue, Value } from '../plan/value.ts';
import { fromTensor, toTensor } from './layout.ts';

/** What {@link lowerCustom} needs besides the node. */
export interface CustomCall {
  readonly plan: PlanBuilder;
  readonly inputs: readonly Value[];
  readonly ops: readonly OpDefinition[];
  readonly weights: Weights;
}

function checkShape(result: Tensor, shape: readonly number[], op: string): void {
  if (result.shape.join() !== shape.join())
    throw new ShapeError(`the op "${op}" promised [${shape.join(', ')}] and returned [${result.shape.join(', ')}]`, {
      hint: "make the definition's inferShape and reference agree",
    });
}

/** An op outside the closed set: its reference, on copies in host memory. */
export function lowerCustom(node: NodeOf<'custom'>, { plan, inputs, ops, weights }: CustomCall): MapValue {
  const op = ops.find(({ name }) => name === node.attrs.op)!;
  const shape = node.shape as MapShape;
  const params = Object.fromEntries(Object.entries(node.params).map(([role, { name }]) => [role, weights.get(name)!]));
  const output = plan.room(4 * sizeOf(shape));
  plan.host({
    inputs: inputs.map((value) => toTensor(plan, value)),
    output,
    compute(bytes) {
      const tensors = inputs.map((value, i) => tensorFrom(value, bytes[i]!));
      const computed = op.reference(tensors, params, node.attrs.options);
      checkShape(computed, shape, op.name);
      return Float32Array.from(computed.data);
    },
  });
  return fromTensor(plan, output, shape);
}
