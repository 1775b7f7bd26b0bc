import { ShapeError, sizeOf, type NodeOf, type OpDefinition, type Tensor, type Weights } from '@atrous/core';
import { tightCopy, paddedCopy } from './layout.ts';
import type { PlanBuilder, Views } from '../plan/plan-builder.ts';
import type { Buffer, Value } from '../plan/value.ts';

/** What {@link lowerCustom} needs besides the node. */
export interface CustomCall {
  readonly plan: PlanBuilder;
  readonly inputs: readonly Value[];
  readonly ops: readonly OpDefinition[];
  readonly weights: Weights;
}

interface HostInput {
  readonly value: Value;
  readonly buffer: Buffer;
}

const tensorOf = ({ value: { shape, type }, buffer }: HostInput, views: Views): Tensor => ({
  shape,
  data: type === 'labels' ? views.ints(buffer).slice() : views.floats(buffer).slice(),
});

function checkShape(result: Tensor, shape: readonly number[], op: string): void {
  if (result.shape.join() !== shape.join())
    throw new ShapeError(`the op "${op}" promised [${shape.join(', ')}] and returned [${result.shape.join(', ')}]`, {
      hint: "make the definition's inferShape and reference agree",
    });
}

/** An op outside the closed set: its reference, on copies in host memory. */
export function lowerCustom(node: NodeOf<'custom'>, { plan, inputs, ops, weights }: CustomCall): Value {
  const op = ops.find(({ name }) => name === node.attrs.op)!;
  const shape = node.shape as Value['shape'];
  const params = Object.fromEntries(Object.entries(node.params).map(([role, { name }]) => [role, weights.get(name)!]));
  const hostInputs = inputs.map((value) => ({ value, buffer: tightCopy(plan, value) }));
  const result = plan.buffer(4 * sizeOf(shape));
  plan.host({
    uses: [...hostInputs.map(({ buffer }) => buffer), result],
    run(views) {
      const tensors = hostInputs.map((input) => tensorOf(input, views));
      const computed = op.reference(tensors, params, node.attrs.options);
      checkShape(computed, shape, op.name);
      views.floats(result).set(computed.data);
    },
  });
  return paddedCopy(plan, result, shape);
}
