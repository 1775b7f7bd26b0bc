import { sizeOf, type Graph, type Node } from '@atrous/core';
import { add, clone, dispose, zeros } from '@tensorflow/tfjs-core';
import { toBackendError } from '../backend-error.ts';
import { checkRoom } from '../check-room.ts';
import type { DeviceTensor, Tensor4D } from '../kernel.ts';
import { goBack, type BackCall } from './go-back.ts';
import { isFlat, type Gradients, type Wanted } from './gradient.ts';
import type { BackwardPlan } from './plan-backward.ts';
import type { PassContext } from './run-training-node.ts';
import type { Shape4D } from './training-kernels.ts';
import { at, type Values } from './values.ts';

/** A way back through a network. */
export interface BackwardCall {
  readonly graph: Graph;
  readonly plan: BackwardPlan;
  readonly values: Values;
  readonly context: PassContext;
  /** Gradients that it starts from, by node name. */
  readonly seeds: readonly (readonly [name: string, gradient: Tensor4D])[];
}

/** Tensors like the inputs and the output that the way back through a node may need at once. */
const ROOM = 3;

/** Adds to what is there, taking `term` over. */
function accumulate<T extends DeviceTensor>(sums: Map<string, T>, name: string, term: T): void {
  const sum = sums.get(name);
  sums.set(name, sum === undefined ? term : add<T>(sum, term));
  if (sum !== undefined) dispose([sum, term]);
}

/** Gradients of a scalar while it is followed back: those of nodes not yet reached, and those of parameters. */
class Sums {
  readonly nodes = new Map<string, Tensor4D>();
  readonly parameters = new Map<string, DeviceTensor>();

  add(node: Node, { inputs, params = {} }: Gradients): void {
    for (const [index, gradient] of inputs.entries())
      if (gradient) accumulate(this.nodes, node.inputs[index] as string, gradient);
    for (const [role, gradient] of Object.entries(params))
      accumulate(this.parameters, node.params[role]?.name as string, gradient);
  }

  dispose(): void {
    dispose([...this.nodes.values(), ...this.parameters.values()]);
  }
}

function goBackAt(node: BackCall['node'], wanted: Wanted, dy: Tensor4D, call: BackwardCall): Gradients {
  const { graph, values, context } = call;
  const { backend } = context;
  const inputShapes = node.inputs.map(
    (name) => graph.nodes.find((other) => other.name === name)?.shape as unknown as Shape4D,
  );
  try {
    checkRoom(backend, ROOM * inputShapes.reduce((sum, shape) => sum + sizeOf(shape), dy.size), at(node));
    return goBack({ node, wanted, dy, inputShapes, valueOf: values.recall, context });
  } catch (error) {
    throw toBackendError(error, backend.name, `the way back through ${at(node)}`);
  }
}

/** Whether the batch normalisation before a node goes back through both. */
const isFollower = ({ name, inputs }: Node, { context }: BackwardCall): boolean =>
  context.followers.get(inputs[0] as string)?.name === name;

function visit(node: Node, sums: Sums, call: BackwardCall): void {
  const wanted = call.plan.wanted.get(node.name);
  const dy = sums.nodes.get(node.name);
  if (wanted && dy && isFollower(node, call)) sums.nodes.set(node.inputs[0] as string, dy);
  else {
    if (wanted && dy) {
      if (node.kind === 'input') accumulate(sums.parameters, node.name, clone(dy));
      else if (!isFlat(node)) sums.add(node, goBackAt(node, wanted, dy, call));
    }
    dy?.dispose();
  }
  sums.nodes.delete(node.name);
  call.values.free(node.name);
}

/** Zeros for what the scalar does not depend on. */
function fillUp({ parameters }: Sums, { context: { options, params }, graph }: BackwardCall): void {
  for (const name of options.trainable ?? []) {
    if (parameters.has(name)) continue;
    const shape = params.get(name)?.shape ?? graph.nodes.find((node) => node.name === name)?.shape;
    parameters.set(name, zeros([...(shape as readonly number[])]));
  }
}

/**
 * Follows a scalar's gradients from the outputs back to parameters and inputs. Values are freed on the way, once nothing before them reads
 * them.
 *
 * @returns gradients by name, which the caller owns.
 */
export function goBackThrough(call: BackwardCall): Map<string, DeviceTensor> {
  const sums = new Sums();
  try {
    for (const [name, gradient] of call.seeds) accumulate(sums.nodes, name, clone(gradient));
    for (const node of call.graph.nodes.toReversed()) visit(node, sums, call);
    fillUp(sums, call);
    return sums.parameters;
  } catch (error) {
    sums.dispose();
    throw error;
  }
}
