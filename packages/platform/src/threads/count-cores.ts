/** Threads that this machine runs at once. */
export const countCores = (): number =>
  // Node 20 has no navigator
  globalThis.process?.getBuiltinModule?.('node:os').availableParallelism() ??
  globalThis.navigator?.hardwareConcurrency ??
  1;
