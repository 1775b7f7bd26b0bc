import type { NodeOf, OpKind } from '@atrous/core';
import type { Packed } from '../pack-weights.ts';
import type { PlanBuilder } from '../plan/plan-builder.ts';
import type { MapShape, MapValue, Value } from '../plan/value.ts';

/** A depthwise convolution that is computed on the way: `x` is what it reads. */
export interface DepthwiseBefore {
  readonly attrs: NodeOf<'depthwiseConv2d'>['attrs'];
  readonly packed: Packed;
}

/** What an op's lowering is given: its node, with every shape known. */
export interface LoweringCall<K extends OpKind> {
  readonly plan: PlanBuilder;
  readonly node: NodeOf<K>;
  readonly attrs: NodeOf<K>['attrs'];
  /** Shape of the result. */
  readonly shape: MapShape;
  readonly x: MapValue;
  /** Every input, as maps. */
  readonly inputs: readonly MapValue[];
  readonly packed: Packed;
  /** Where the result is to be: a map of its own, or channels of a concatenation. */
  readonly result: () => MapValue;
  /** Added to a convolution or its taps before the activation. */
  readonly residual?: MapValue | undefined;
  /** Comes before a 1×1 convolution. */
  readonly before?: DepthwiseBefore | undefined;
}

/** Adds the steps that compute a node. */
export type Lowering<K extends OpKind> = (call: LoweringCall<K>) => Value;

/** Ops that kernels compute: all but the image itself, and ops that plugins define. */
export type LoweredKind = Exclude<OpKind, 'input' | 'custom'>;

/** One lowering for every op kind, so that a new kind does not compile before it has one. */
export type LoweringTable = { readonly [K in LoweredKind]: Lowering<K> };
