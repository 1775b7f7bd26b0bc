import type { ModelConfig } from '../build-model.ts';

/** A network of the literature, by name: what to build, without weights. */
export interface Variant {
  readonly name: string;
  readonly description: string;
  /** What `buildModel` builds it from. */
  readonly model: ModelConfig;
}
