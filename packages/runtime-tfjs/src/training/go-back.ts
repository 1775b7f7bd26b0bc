import { UnsupportedError, type Node, type NodeOf, type OpDefinition, type OpKind, type Tensor } from '@atrous/core';
import { tidy } from '@tensorflow/tfjs-core';
import { upload } from '../host-tensors.ts';
import type { Tensor4D } from '../kernel.ts';
import type { FlatKind, Gradient, Gradients, Wanted } from './gradient.ts';
import { gradients } from './gradients.ts';
import { paramsByRole, readNow, type PassContext } from './run-training-node.ts';
import type { Shape4D } from './training-kernels.ts';

/** What the way back through one node is given. */
export interface BackCall {
  readonly node: Exclude<Node, { kind: 'input' | FlatKind }>;
  readonly wanted: Wanted;
  readonly dy: Tensor4D;
  readonly inputShapes: readonly Shape4D[];
  /** Values of the pass by node name; computed again where they were not kept. */
  readonly valueOf: (name: string) => Tensor4D;
  readonly context: PassContext;
}

function customGradients(node: NodeOf<'custom'>, { wanted, dy, valueOf, context }: BackCall): Gradients {
  const op = context.ops.find(({ name }) => name === node.attrs.op) as OpDefinition;
  if (op.gradient === undefined)
    throw new UnsupportedError(`the op "${op.name}" of "${node.name}" has no gradient`, {
      hint: 'give its definition a `gradient`, or train only what comes after it',
    });
  const params = Object.entries(paramsByRole(node, context)).map(([role, param]) => [role, readNow(param, node)]);
  const found = op.gradient({
    inputs: node.inputs.map((name) => readNow(valueOf(name), node)),
    params: Object.fromEntries(params) as Record<string, Tensor>,
    options: node.attrs.options,
    outputGradient: readNow(dy, node),
  });
  const own = Object.entries(found.params ?? {}).filter(([role]) => wanted.params.has(role));
  return {
    inputs: found.inputs.map((input, index) => (wanted.inputs[index] ? (upload(input) as Tensor4D) : undefined)),
    params: Object.fromEntries(own.map(([role, param]) => [role, upload(param)])),
  };
}

function compute(call: BackCall): Gradients {
  const { node, wanted, dy, inputShapes, valueOf, context } = call;
  if (node.kind === 'custom') return customGradients(node, call);
  const gradient = gradients[node.kind] as Gradient<OpKind>;
  return gradient.compute({
    wanted,
    dy,
    input: (index) => valueOf(node.inputs[index] as string),
    output: () => valueOf(node.name),
    inputShapes,
    params: paramsByRole(node, context),
    statistics: context.statistics.get(node.name),
    activation: context.followers.get(node.name)?.fn,
    mask: context.masks.get(node.name),
    kernels: context.kernels,
  });
}

/** The gradients of one node. The caller owns them. */
export const goBack = (call: BackCall): Gradients => tidy(() => compute(call) as never);
