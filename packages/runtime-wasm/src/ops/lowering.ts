import type { NodeOf, OpKind } from '@atrous/core';
import type { Packed } from '../pack-weights.ts';
import type { PlanBuilder } from '../plan/plan-builder.ts';
import type { Value } from '../plan/value.ts';

/** What an op's lowering is given: its node, with every shape known. */
export interface LoweringCall<K extends OpKind> {
  readonly plan: PlanBuilder;
  readonly node: NodeOf<K>;
  readonly attrs: NodeOf<K>['attrs'];
  /** Shape of the result. */
  readonly shape: Value['shape'];
  readonly x: Value;
  /** Every input, of floats. */
  readonly inputs: readonly Value[];
  readonly packed: Packed;
  /** Where the result belongs: that of a convolution in its slice of a concat, that of a concat whose slices were computed before it. */
  readonly place?: Value | undefined;
  /** Added to a convolution or its taps before the activation. */
  readonly residual?: Value | undefined;
}

/** Adds the steps that compute a node. */
export type Lowering<K extends OpKind> = (call: LoweringCall<K>) => Value;

/** Ops that kernels compute: all but the image itself, and ops that plugins define. */
export type LoweredKind = Exclude<OpKind, 'input' | 'custom'>;

/** One lowering for every op kind, so that a new kind does not compile before it has one. */
export type LoweringTable = { readonly [K in LoweredKind]: Lowering<K> };
