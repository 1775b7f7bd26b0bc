import type { OpAttrs, OpKind } from '@atrous/core';
import type { Tensor as DeviceTensor, Tensor4D } from '@tensorflow/tfjs-core';
import type { BackendQuirks } from './tfjs-backend.ts';

export type { Tensor4D, DeviceTensor };

/** What a kernel is given: its node, with every shape known, and tensors on the current backend. */
export interface KernelCall<K extends OpKind> {
  readonly attrs: OpAttrs[K];
  readonly inputs: readonly Tensor4D[];
  /** Parameters by role, as in the node. */
  readonly params: Readonly<Record<string, DeviceTensor>>;
  /** Shape of the result, inferred by core. */
  readonly shape: readonly number[];
  readonly quirks: BackendQuirks;
}

/** Computes one op. Runs inside `tidy`: intermediates may be left behind, and an input is returned as a clone. */
export type Kernel<K extends OpKind> = (call: KernelCall<K>) => Tensor4D;

/** Ops that have a kernel: all but the image itself, and ops that plugins define. */
export type KernelKind = Exclude<OpKind, 'input' | 'custom'>;

/** One kernel for every op kind, so that a new kind does not compile before it has one. */
export type KernelTable = { readonly [K in KernelKind]: Kernel<K> };

/** The input at `index`; core has checked that it is there. */
export const inputOf = (call: KernelCall<OpKind>, index = 0): Tensor4D => call.inputs[index]!;
