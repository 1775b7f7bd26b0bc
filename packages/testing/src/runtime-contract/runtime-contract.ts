import type { OpKind, Runtime } from '@atrous/core';

/** What a runtime is held to by `testRuntime`. */
export interface RuntimeContract {
  /** The runtime whose results are right: `referenceRuntime()` of `@atrous/runtime-reference`. */
  readonly reference: Runtime;
  /** Largest allowed error, absolute for values up to 1 and relative to the largest magnitude of the tensor above. */
  readonly tolerance: number;
  /** Only these op kinds. Default: every one. */
  readonly ops?: readonly OpKind[];
  /** What the device lacks: the title of a case, or an op kind, and the reason. */
  readonly skip?: Readonly<Record<string, string>>;
}
