import {
  inputsOf,
  optimize,
  withInputShape,
  type Executable,
  type Fusion,
  type Graph,
  type Network,
  type NodeOf,
  type OpDefinition,
  type Tensor,
  type Weights,
} from '@atrous/core';
import { toBackendError } from './backend-error.ts';
import { compileTail } from './compile-tail.ts';
import type { OnnxBackend, OnnxEngine, OnnxSession } from './onnx-engine.ts';
import { runCustomOp } from './run-custom-op.ts';
import { splitGraph, type Step } from './split-graph.ts';
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

type PlanStep = (values: Values) => Promise<void>;

/** A network for inputs of one shape. */
export interface Plan {
  /** What has to be run, one after the other; each adds what it computes to the values. */
  readonly steps: readonly PlanStep[];
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

const customStep =
  ({ weights, ops }: Compiled, node: NodeOf<'custom'>): PlanStep =>
  async (values) => {
    const inputs = node.inputs.map((name) => values.get(name) as Tensor);
    values.set(node.name, runCustomOp(node, inputs, weights, ops));
  };

const tailStep =
  (executable: Executable, { name, inputs: [logits = ''] }: NodeOf<'resizeArgMax'>): PlanStep =>
  async (values) => {
    const { labels } = await executable.run(values.get(logits) as Tensor);
    values.set(name, labels!);
  };

/** The network for one size: some passes need to know it. */
function specialize(
  { graph, weights, ops, exact, backend }: Compiled,
  shapes: ReadonlyMap<string, readonly number[]>,
): Network {
  const fixed = withInputShape(graph, shapes, { ops });
  const target: readonly Fusion[] = backend.tail ? [...onnxTarget, 'resizeArgMax'] : onnxTarget;
  return exact ? { graph: fixed, weights } : optimize(fixed, weights, { ops, target });
}

/**
 * Loads a network for inputs of these shapes.
 *
 * @throws ShapeError when the network cannot run at that size.
 * @throws BackendError when onnxruntime does not take it.
 */
export async function createPlan(compiled: Compiled, shapes: ReadonlyMap<string, readonly number[]>): Promise<Plan> {
  const { graph, weights } = specialize(compiled, shapes);
  const { tail } = compiled.backend;
  const releases: (() => unknown)[] = [];
  const release = async (): Promise<void> => void (await Promise.all(releases.map((free) => free())));
  async function toPlanStep(step: Step): Promise<PlanStep> {
    if (step.kind === 'onnx') {
      const session = await openSession(compiled, step, weights);
      releases.push(() => session.release());
      const inputs = inputsOf(step.graph).map(({ name }) => name);
      const names = { inputs, outputs: Object.keys(step.graph.outputs) };
      return (values) => runSession(compiled, session, names, values);
    }
    const { node } = step;
    if (node.kind === 'custom') return customStep(compiled, node);
    const executable = await compileTail(tail!, graph, node);
    releases.push(() => executable.dispose());
    return tailStep(executable, node);
  }
  const steps: PlanStep[] = [];
  try {
    for (const step of splitGraph(graph, tail ? ['custom', 'resizeArgMax'] : ['custom']))
      steps.push(await toPlanStep(step));
  } catch (error) {
    await release();
    throw error;
  }
  return { steps, outputs: graph.outputs, release };
}
