import type { Json, Preprocessing } from '@atrous/core';

/** A published network: how to build it, what its classes are, how to feed it, where its weights are. */
export interface Preset {
  readonly name: string;
  readonly description: string;
  /** Name of a model of {@link models} and its configuration. */
  readonly model: { readonly name: string; readonly config: Readonly<Record<string, Json>> };
  /** Name of a label map of `@atrous/data`. */
  readonly labels: string;
  readonly preprocessing: Preprocessing;
  /** Address where the official weights are published. */
  readonly published: string;
  /** SPDX identifier of the licence of the weights. */
  readonly license?: string;
}
