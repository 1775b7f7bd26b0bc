import type { OpAttrs, OpKind, Tensor } from '@atrous/core';

/** A tensor between two nodes. Class ids stay whole numbers, everything else is float64. */
export interface Value {
  readonly shape: readonly number[];
  readonly data: Float64Array | Int32Array;
}

/** What a kernel is given: its node, with every shape known. */
export interface KernelCall<K extends OpKind> {
  readonly attrs: OpAttrs[K];
  readonly inputs: readonly Value[];
  /** Parameters by role, as in the node. */
  readonly params: Readonly<Record<string, Tensor>>;
  /** Shape of the result, inferred by core. */
  readonly shape: readonly number[];
}

/** Computes one op. */
export type Kernel<K extends OpKind> = (call: KernelCall<K>) => Value;

/** Ops that have a kernel: all but the image itself, and ops that plugins define. */
export type KernelKind = Exclude<OpKind, 'input' | 'custom'>;

/** One kernel for every op kind, so that a new kind does not compile before it has one. */
export type KernelTable = { readonly [K in KernelKind]: Kernel<K> };

/** The extents of an image `[n, h, w, c]`. */
export function extents(shape: readonly number[]): readonly [n: number, h: number, w: number, c: number] {
  const [n = 1, h = 1, w = 1, c = 1] = shape;
  return [n, h, w, c];
}

/** The input at `index`; core has checked that it is there. */
export const inputOf = (call: KernelCall<OpKind>, index = 0): Value => call.inputs[index]!;

/** Zeros of a shape. */
export const zeros = (
  shape: readonly number[],
): { readonly shape: readonly number[]; readonly data: Float64Array } => ({
  shape,
  data: new Float64Array(shape.reduce((size, extent) => size * extent, 1)),
});
