/** One step of a long-running call. Every call that takes `onProgress` reports in this shape. */
export interface Progress {
  /** What is being done, for example `read`, `compile`, `run`, `write`. */
  readonly phase: string;
  /** Steps done so far, 0 … `total`. */
  readonly completed: number;
  /** Steps in all; `undefined` while unknown. */
  readonly total?: number | undefined;
  /** What the current step works on, for example a file name. */
  readonly item?: string | undefined;
}

/** Options of every call that takes a while. */
export interface LongRunningOptions {
  /** Aborting rejects the call with the signal's reason and frees what it held. */
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: Progress) => void) | undefined;
}
