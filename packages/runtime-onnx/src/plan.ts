import {
  optimize,
  withInputShape,
  type Graph,
  type Network,
  type NodeOf,
  type OpDefinition,
  type Tensor,
  type Weights,
} from '@atrous/core';
import { toBackendError } from './backend-error.ts';
import type { OnnxBackend, OnnxEngine, OnnxSession } from './onnx-engine.ts';
import { runCustomOp } from './run-custom-op.ts';
import { splitAtCustomOps, type Step } from './split-at-custom-ops.ts';
import { onnxTarget, writeOnnx } from './write/write-onnx.ts';

/** A network, and the onnxruntime that it runs on. */
export interface Compiled extends Network {
  readonly backend: OnnxBackend;
  readonly engine: OnnxEngine;
  readonly ops: readonly OpDefinition[];
  /** Run the graph as it is. */
  readonly exact: boolean;
}

/** Tensors by the names of nodes. */
type Values = Map<string, Tensor>;

/** A network for inputs of one shape. */
export interface Plan {
  /** What has to be run, one after the other; each adds what it computes to the values. */
  readonly steps: readonly ((values: Values) => Promise<void>)[];
  /** Output name to the name of a value. */
  readonly outputs: Graph['outputs'];
  release(): Promise<void>;
}

const reals = (data: Tensor['data']): Float32Array => (data instanceof Float32Array ? data : Float32Array.from(data));

async function runSession(
  { backend, engine }: Compiled,
  session: OnnxSession,
  { inputs, outputs }: { readonly inputs: readonly string[]; readonly outputs: readonly string[] },
  values: Values,
): Promise<void> {
  const feeds = inputs.map((name) => {
    const { data, shape } = values.get(name) as Tensor;
    return [name, new engine.Tensor('float32', reals(data), shape)] as const;
  });
  try {
    const results = await session.run(Object.fromEntries(feeds));
    for (const name of outputs) {
      const { data, dims } = results[name]!;
      values.set(name, { shape: [...dims], data: data as Tensor['data'] });
    }
  } catch (error) {
    throw toBackendError(error, backend.name, 'running the network');
  }
}

async function openSession({ backend, engine }: Compiled, { graph }: Step & { kind: 'onnx' }, weights: Weights) {
  const used = graph.nodes.flatMap(({ params }) => Object.values(params).map(({ name }) => name));
  const own = new Map(used.map((name) => [name, weights.get(name) as Tensor]));
  try {
    return await engine.InferenceSession.create(writeOnnx(graph, own), backend.session);
  } catch (error) {
    throw toBackendError(error, backend.name, 'loading the network');
  }
}

const runCustom =
  ({ weights, ops }: Compiled, node: NodeOf<'custom'>) =>
  async (values: Values): Promise<void> => {
    const inputs = node.inputs.map((name) => values.get(name) as Tensor);
    values.set(node.name, runCustomOp(node, inputs, weights, ops));
  };

/** The network for one size: some passes need to know it. */
function specialize({ graph, weights, ops, exact }: Compiled, shapes: ReadonlyMap<string, readonly number[]>): Network {
  const fixed = withInputShape(graph, shapes, { ops });
  return exact ? { graph: fixed, weights } : optimize(fixed, weights, { ops, target: onnxTarget });
}

/**
 * Loads a network for inputs of these shapes.
 *
 * @throws ShapeError when the network cannot run at that size.
 * @throws BackendError when onnxruntime does not take it.
 */
export async function createPlan(compiled: Compiled, shapes: ReadonlyMap<string, readonly number[]>): Promise<Plan> {
  const { graph, weights } = specialize(compiled, shapes);
  const sessions: OnnxSession[] = [];
  const release = async (): Promise<void> => void (await Promise.all(sessions.map((session) => session.release())));
  const steps: Plan['steps'][number][] = [];
  try {
    for (const step of splitAtCustomOps(graph)) {
      if (step.kind === 'custom') {
        steps.push(runCustom(compiled, step.node));
        continue;
      }
      const session = await openSession(compiled, step, weights);
      sessions.push(session);
      const inputs = step.graph.nodes.filter(({ kind }) => kind === 'input').map(({ name }) => name);
      const names = { inputs, outputs: Object.keys(step.graph.outputs) };
      steps.push((values) => runSession(compiled, session, names, values));
    }
  } catch (error) {
    await release();
    throw error;
  }
  return { steps, outputs: graph.outputs, release };
}
