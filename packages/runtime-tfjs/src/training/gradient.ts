import type { Activation, FusedKind, Node, OpAttrs, OpKind } from '@atrous/core';
import type { DeviceTensor, KernelKind, Tensor4D } from '../kernel.ts';
import type { Shape4D, TrainingKernels } from './training-kernels.ts';
import type { BatchStatistics } from './trainable-network.ts';

/** What is asked of the way back through one node. */
export interface Wanted<K extends OpKind = OpKind> {
  readonly attrs: OpAttrs[K];
  /** Which inputs' gradients are needed. */
  readonly inputs: readonly boolean[];
  /** Roles of the parameters whose gradients are. */
  readonly params: ReadonlySet<string>;
  /** Of a batch normalisation: whether it takes the statistics of the batch. */
  readonly ofBatch: boolean;
}

/** A value that the way back reads: the output, or the input at an index. */
export type Read = 'output' | number;

/** What a gradient is given beside what is wanted of it. */
export interface GradientCall<K extends OpKind = OpKind> {
  readonly wanted: Wanted<K>;
  readonly dy: Tensor4D;
  /** Values that {@link Gradient.reads} names; asking for others is a mistake. */
  readonly input: (index: number) => Tensor4D;
  readonly output: () => Tensor4D;
  readonly inputShapes: readonly Shape4D[];
  /** Parameters by role. */
  readonly params: Readonly<Record<string, DeviceTensor>>;
  /** Of the batch, where it was normalised by them. */
  readonly statistics: BatchStatistics | undefined;
  /** Of a batch normalisation: the activation that ran with it. `dy` is that one's. */
  readonly activation: Activation | undefined;
  /** What dropout multiplied by, if it dropped. */
  readonly mask: Tensor4D | undefined;
  readonly kernels: TrainingKernels;
}

/** Gradients of one node, of whatever was wanted. */
export interface Gradients {
  readonly inputs: readonly (Tensor4D | undefined)[];
  /** By role. */
  readonly params?: Readonly<Record<string, DeviceTensor>>;
}

/** The way back through one op kind. Runs inside `tidy`, and returns no argument itself. */
export interface Gradient<K extends OpKind> {
  reads(wanted: Wanted<K>): readonly Read[];
  compute(call: GradientCall<K>): Gradients;
}

/** Ops without a gradient: class ids have no slope, and what `optimize` writes is for inference. */
export type FlatKind = 'argMax' | FusedKind;

/** Whether a node has no gradient. */
export const isFlat = (node: Node): node is Extract<Node, { kind: FlatKind }> =>
  node.kind === 'argMax' || node.kind === 'resizeArgMax' || node.kind === 'interpolateTaps';

/** Ops that have a gradient. */
export type DifferentiableKind = Exclude<KernelKind, FlatKind>;

/** One gradient for every op kind, so that a new kind does not compile before it has one. */
export type GradientTable = { readonly [K in DifferentiableKind]: Gradient<K> };
