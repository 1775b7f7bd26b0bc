import type { CornerRule, Graph, Json, OpDefinition, Weights } from '@atrous/core';
import type { NameMap } from '@atrous/weights';

/** What a golden `networks/<case>/case.json` says about its network: everything but the runs. */
export interface NetworkDescription {
  /** Folder name of the case. */
  readonly case: string;
  readonly [property: string]: Json | undefined;
}

/** A network of this repository that should compute what a golden case has stored. */
export interface NetworkUnderTest {
  /** Outputs are named as in the case's `outputs`, without `final`: usually `logits` alone. */
  readonly graph: Graph;
  /** Finds a parameter's tensor under the names of the case's manifest. */
  readonly nameMap: NameMap;
  /** Definitions of the custom ops in the graph. */
  readonly ops?: readonly OpDefinition[];
  /** Weights that a rule of this repository makes, for cases that prove the rule; else they are generated as the manifest says. */
  readonly weights?: Weights;
  /** How the source enlarges logits to the input size, for cases with a `final` output. */
  readonly upsample?: CornerRule;
}

/** Knows the cases of one family of references. */
export interface NetworkCase {
  /** Whether this repository has the network that the description names. Must not throw, whatever the description holds. */
  matches(description: NetworkDescription): boolean;
  /** A promise where the network comes from a plugin. */
  build(description: NetworkDescription): NetworkUnderTest | Promise<NetworkUnderTest>;
}
