import {
  countReaders,
  ShapeError,
  sizeOf,
  type Graph,
  type LongRunningOptions,
  type Node,
  type NodeOf,
  type OpDefinition,
  type Tensor,
  type Weights,
} from '@atrous/core';
import { dispose, tidy } from '@tensorflow/tfjs-core';
import { toBackendError } from './backend-error.ts';
import { checkRoom } from './check-room.ts';
import { download, upload } from './host-tensors.ts';
import type { DeviceTensor, Kernel, KernelKind, Tensor4D } from './kernel.ts';
import { kernels } from './kernels.ts';
import type { TfjsBackend } from './tfjs-backend.ts';

/** What the nodes of one run share. */
export interface RunContext extends LongRunningOptions {
  readonly graph: Graph;
  /** The graph's nodes with every shape known. */
  readonly nodes: readonly Node[];
  readonly inputs: ReadonlyMap<string, Tensor>;
  /** Parameters on the device, by name. */
  readonly params: ReadonlyMap<string, DeviceTensor>;
  /** Parameters of custom ops on the host, by name. */
  readonly hostParams: Weights;
  readonly ops: readonly OpDefinition[];
  readonly backend: TfjsBackend;
  /** Called between two nodes; throws to stop the run. */
  readonly between: () => Promise<void>;
}

/** A node's parameters by role. */
const paramsOf = <T>(node: Node, values: ReadonlyMap<string, T>): Readonly<Record<string, T>> =>
  Object.fromEntries(Object.entries(node.params).map(([role, { name }]) => [role, values.get(name) as T]));

const at = ({ name, kind }: Node): string => `"${name}" (${kind})`;

/** What tfjs throws comes out as a `BackendError`; what callers and plugins throw stays outside. */
async function onBackend<T>(context: RunContext, where: string, work: () => T | Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw toBackendError(error, context.backend.name, where);
  }
}

async function runCustom(node: NodeOf<'custom'>, inputs: readonly Tensor4D[], context: RunContext): Promise<Tensor4D> {
  const op = context.ops.find(({ name }) => name === node.attrs.op) as OpDefinition;
  const given = await onBackend(context, at(node), () => Promise.all(inputs.map(download)));
  const result = op.reference(given, paramsOf(node, context.hostParams), node.attrs.options);
  if (result.shape.join() !== node.shape.join())
    throw new ShapeError(
      `the op "${op.name}" promised [${node.shape.join(', ')}] and returned [${result.shape.join(', ')}]`,
      { hint: "make the definition's inferShape and reference agree" },
    );
  return onBackend(context, at(node), () => upload(result) as Tensor4D);
}

function runKernel(
  node: Exclude<Node, { kind: 'input' | 'custom' }>,
  inputs: readonly Tensor4D[],
  context: RunContext,
): Tensor4D {
  const kernel = kernels[node.kind] as Kernel<KernelKind>;
  const { attrs, shape } = node;
  const params = paramsOf(node, context.params);
  return tidy(() =>
    kernel({ attrs, inputs, params, shape: shape as readonly number[], quirks: context.backend.quirks }),
  );
}

async function runNode(node: Node, values: ReadonlyMap<string, Tensor4D>, context: RunContext): Promise<Tensor4D> {
  const inputs = node.inputs.map((name) => values.get(name) as Tensor4D);
  if (node.kind === 'custom') return runCustom(node, inputs, context);
  return onBackend(context, at(node), () =>
    node.kind === 'input'
      ? (upload(context.inputs.get(node.name) as Tensor) as Tensor4D)
      : runKernel(node, inputs, context),
  );
}

/** Frees what nobody will read any more, after `node` ran. */
function release(values: Map<string, Tensor4D>, readers: Map<string, number>, node: Node): void {
  for (const name of node.inputs) readers.set(name, (readers.get(name) ?? 0) - 1);
  for (const name of [...node.inputs, node.name]) {
    if ((readers.get(name) ?? 0) > 0) continue;
    values.get(name)?.dispose();
    values.delete(name);
  }
}

async function runInto(values: Map<string, Tensor4D>, context: RunContext): Promise<Readonly<Record<string, Tensor>>> {
  const { graph, nodes, onProgress } = context;
  const readers = countReaders(graph);
  for (const [completed, node] of nodes.entries()) {
    onProgress?.({ phase: 'run', completed, total: nodes.length, item: node.name });
    await context.between();
    checkRoom(context.backend, sizeOf(node.shape as readonly number[]), at(node));
    values.set(node.name, await runNode(node, values, context));
    release(values, readers, node);
  }
  const outputs = new Map<string, Tensor>();
  for (const [name, node] of Object.entries(graph.outputs))
    outputs.set(name, await onBackend(context, 'reading the result', () => download(values.get(node) as Tensor4D)));
  onProgress?.({ phase: 'run', completed: nodes.length, total: nodes.length });
  return Object.fromEntries(outputs);
}

/**
 * Runs nodes one after the other on the current backend; every value is freed once its last reader ran, or when anything throws.
 *
 * @returns host tensors by output name.
 */
export async function runNodes(context: RunContext): Promise<Readonly<Record<string, Tensor>>> {
  const values = new Map<string, Tensor4D>();
  try {
    return await runInto(values, context);
  } finally {
    dispose([...values.values()]);
  }
}
