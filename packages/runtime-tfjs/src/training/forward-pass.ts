import { BackendError, ShapeError, type Graph } from '@atrous/core';
import { clone, dispose, keep } from '@tensorflow/tfjs-core';
import type { DeviceTensor, Tensor4D } from '../kernel.ts';
import { goBackThrough } from './backward.ts';
import { followersOf } from './followers.ts';
import { planBackward } from './plan-backward.ts';
import type { PassContext } from './run-training-node.ts';
import type { ForwardPass } from './trainable-network.ts';
import { Values } from './values.ts';

/** What a pass runs on. */
export interface PassCall extends Omit<PassContext, 'statistics' | 'masks' | 'followers'> {
  /** With every shape known. */
  readonly graph: Graph;
  readonly inputs: Readonly<Record<string, Tensor4D>>;
}

function runAll({ graph, inputs, followers }: PassCall & PassContext, values: Values, kept: ReadonlySet<string>): void {
  const waiting = new Map<string, number>();
  for (const { inputs: names } of graph.nodes)
    for (const name of names) waiting.set(name, (waiting.get(name) ?? 0) + 1);
  const freeUnread = (name: string): void => {
    if ((waiting.get(name) ?? 0) === 0 && !kept.has(name)) values.free(name);
  };
  for (const node of graph.nodes) {
    if (node.kind === 'input') values.set(node.name, keep(clone(inputs[node.name] as Tensor4D)));
    else if (!values.has(node.name)) values.compute(node, followers.get(node.name));
    for (const name of node.inputs) {
      waiting.set(name, (waiting.get(name) ?? 0) - 1);
      freeUnread(name);
    }
    freeUnread(node.name);
  }
}

/** Gradients by the name of the node that they belong to, checked. */
function atNodes(graph: Graph, outputs: ForwardPass['outputs'], gradients: Readonly<Record<string, Tensor4D>>) {
  return Object.entries(gradients).map(([name, gradient]) => {
    const output = outputs[name];
    if (output === undefined)
      throw new ShapeError(`the network has no output "${name}"`, {
        hint: `it has ${Object.keys(outputs).join(', ')}`,
      });
    if (gradient.shape.join() !== output.shape.join())
      throw new ShapeError(
        `the gradient of "${name}" is [${gradient.shape.join(', ')}], the output [${output.shape.join(', ')}]`,
      );
    return [graph.outputs[name] as string, gradient] as const;
  });
}

/** Runs a network forwards, keeping what the way back will need. Inside `use` only. */
export function createForwardPass(call: PassCall): ForwardPass {
  const { graph, options, kernels } = call;
  const followers = followersOf(graph, options, kernels);
  const context = { ...call, statistics: new Map(), masks: new Map(), followers } satisfies PassContext;
  const plan = planBackward(graph.nodes, options);
  const values = new Values(graph, plan.read, context);
  const free = (): void => {
    values.dispose();
    dispose([...context.masks.values()]);
    for (const { mean, variance } of context.statistics.values()) dispose([mean, variance]);
  };
  try {
    runAll(context, values, plan.kept);
  } catch (error) {
    free();
    throw error;
  }
  const outputs = Object.fromEntries(
    Object.entries(graph.outputs).map(([name, node]) => [name, values.known(node)] as const),
  );
  let state: 'forward' | 'backward' | 'disposed' = 'forward';
  return {
    outputs,
    statistics: context.statistics,
    backward(gradients): Map<string, DeviceTensor> {
      if (state !== 'forward')
        throw new BackendError(`this pass ${state === 'disposed' ? 'was disposed' : 'went back already'}`, {
          code: 'DISPOSED',
          hint: 'run the network forwards again',
        });
      const seeds = atNodes(graph, outputs, gradients);
      state = 'backward';
      return goBackThrough({ graph, plan, values, context, seeds });
    },
    dispose() {
      if (state !== 'disposed') free();
      state = 'disposed';
    },
  };
}
