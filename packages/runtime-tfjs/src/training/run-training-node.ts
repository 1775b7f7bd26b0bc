import {
  createRandom,
  UnsupportedError,
  type Activation,
  type Node,
  type NodeOf,
  type OpDefinition,
  type Tensor,
} from '@atrous/core';
import { clone, keep, mul, tensor4d, tidy } from '@tensorflow/tfjs-core';
import type { Tensor1D } from '@tensorflow/tfjs-core';
import { upload } from '../host-tensors.ts';
import type { DeviceTensor, Kernel, KernelKind, Tensor4D } from '../kernel.ts';
import type { TfjsBackend } from '../tfjs-backend.ts';
import type { Follower } from './followers.ts';
import type { BatchStatistics, ForwardOptions } from './trainable-network.ts';
import type { Shape4D, TrainingKernels } from './training-kernels.ts';

/** What the nodes of one pass share. */
export interface PassContext {
  readonly backend: TfjsBackend;
  readonly kernels: TrainingKernels;
  readonly ops: readonly OpDefinition[];
  readonly params: ReadonlyMap<string, DeviceTensor>;
  readonly options: ForwardOptions;
  /** Of batch normalisations that ran, by name. */
  readonly statistics: Map<string, BatchStatistics>;
  /** Of dropouts that dropped, by name. */
  readonly masks: Map<string, Tensor4D>;
  /** Activations that run with the batch normalisation of that name. */
  readonly followers: ReadonlyMap<string, Follower>;
}

/** A node's parameters by role. */
export const paramsByRole = (node: Node, { params }: PassContext): Readonly<Record<string, DeviceTensor>> =>
  Object.fromEntries(Object.entries(node.params).map(([role, { name }]) => [role, params.get(name) as DeviceTensor]));

/** Reads a tensor while the caller waits, which not every backend can do. */
export function readNow(tensor: DeviceTensor, node: NodeOf<'custom'>): Tensor {
  try {
    return { shape: [...tensor.shape], data: Float32Array.from(tensor.dataSync()) };
  } catch (cause) {
    throw new UnsupportedError(
      `"${node.name}" is an op of a plugin, and this backend cannot read its inputs back at once`,
      {
        hint: 'train on wasm or cpu, or compose the op of others',
        cause,
      },
    );
  }
}

function runCustom(node: NodeOf<'custom'>, inputs: readonly Tensor4D[], context: PassContext): Tensor4D {
  const op = context.ops.find(({ name }) => name === node.attrs.op) as OpDefinition;
  const given = inputs.map((input) => readNow(input, node));
  const params = Object.entries(paramsByRole(node, context)).map(([role, param]) => [role, readNow(param, node)]);
  return upload(
    op.reference(given, Object.fromEntries(params) as Record<string, Tensor>, node.attrs.options),
  ) as Tensor4D;
}

function normalizeBatch(
  node: NodeOf<'batchNorm'>,
  x: Tensor4D,
  context: PassContext,
  activation: Activation | undefined,
): Tensor4D {
  const { gamma, beta } = paramsByRole(node, context) as Record<'gamma' | 'beta', Tensor1D>;
  const { epsilon } = node.attrs;
  // a value that is computed again must be the same to the last bit, so its statistics are computed again, too
  const { y, mean, variance } = context.kernels.normalizeBatch(x, gamma, beta, epsilon, activation);
  if (context.statistics.has(node.name)) return y;
  context.statistics.set(node.name, { mean: keep(mean), variance: keep(variance), count: x.size / mean.size });
  return y;
}

/** Drawn in host memory, so that it is the same on every backend. */
function dropoutMask({ name, attrs, shape }: NodeOf<'dropout'>, keys: readonly (number | string)[]): Tensor4D {
  const [n, height, width, channels] = shape as Shape4D;
  const random = createRandom(...keys, name);
  const scale = 1 / (1 - attrs.rate);
  const values = new Float32Array(n * height * width * channels);
  for (let i = 0; i < values.length; i++) values[i] = random.chance(attrs.rate) ? 0 : scale;
  return tensor4d(values, [n, height, width, channels]);
}

function drop(node: NodeOf<'dropout'>, x: Tensor4D, { options, masks }: PassContext): Tensor4D {
  if (options.dropoutKeys === undefined || node.attrs.rate === 0) return clone(x);
  const mask = masks.get(node.name) ?? keep(dropoutMask(node, options.dropoutKeys));
  masks.set(node.name, mask);
  return mul(x, mask);
}

function compute(
  node: Exclude<Node, { kind: 'input' }>,
  inputs: readonly Tensor4D[],
  context: PassContext,
  activation: Activation | undefined,
): Tensor4D {
  const [x] = inputs as [Tensor4D];
  if (node.kind === 'custom') return runCustom(node, inputs, context);
  if (node.kind === 'batchNorm' && context.options.batchStatistics?.has(node.name))
    return normalizeBatch(node, x, context, activation);
  if (node.kind === 'dropout') return drop(node, x, context);
  const kernel = context.kernels.ops[node.kind] as Kernel<KernelKind>;
  const { attrs, shape } = node;
  const params = paramsByRole(node, context);
  return kernel({ attrs, inputs, params, shape: shape as Shape4D, quirks: context.backend.quirks });
}

/**
 * One node as training runs it, and the activation that runs with it. The result outlives any `tidy` around the call; its statistics and masks go to the context.
 */
export const runTrainingNode = (
  node: Exclude<Node, { kind: 'input' }>,
  inputs: readonly Tensor4D[],
  context: PassContext,
  activation?: Activation,
): Tensor4D => keep(tidy(() => compute(node, inputs, context, activation)));
