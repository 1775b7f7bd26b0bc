import type { Preprocessing } from '@atrous/core';
import type { ModelConfig } from '../build-model.ts';

/** A published network: how to build it, what its classes are, how to feed it, where its weights are. */
export interface Preset {
  readonly name: string;
  readonly description: string;
  /** What `buildModel` builds it from. */
  readonly model: ModelConfig;
  /** Name of a label map of `@atrous/data`. */
  readonly labels: string;
  readonly preprocessing: Preprocessing;
  /** Address where the official weights are published. */
  readonly published: string;
  /** Name of the name map of `@atrous/weights` that reads them, where other published networks have layers of the same names and shapes. */
  readonly weightNames?: string;
  /** SPDX identifier of the licence of the weights. */
  readonly license?: string;
}
